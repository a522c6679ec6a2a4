/** What an example is, how large it may be, and how equal ones are known. */
package dev.apprentice.dataset.datasets.example;
