/** Examples become batches: split, formatted, tokenised, collated, put in order and published. */
package dev.apprentice.dataset.batches;
