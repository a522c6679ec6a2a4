/** Examines what data holds and what a run would learn from it, before anything is stored or learned. */
package dev.apprentice.dataset.inspection;
