/** Examples, the limit on their size, and how equal ones are found. */
package dev.apprentice.dataset.datasets.example;
