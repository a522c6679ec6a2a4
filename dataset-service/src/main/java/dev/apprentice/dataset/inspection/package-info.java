/** What data holds and what would become of it, before anything is stored or learned. */
package dev.apprentice.dataset.inspection;
