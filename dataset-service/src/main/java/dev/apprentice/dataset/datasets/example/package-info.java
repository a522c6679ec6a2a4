/** What an example is, and how a file of them is read and checked. */
package dev.apprentice.dataset.datasets.example;
