/** What this service keeps of a run on its disk. */
package dev.apprentice.dataset.run;
