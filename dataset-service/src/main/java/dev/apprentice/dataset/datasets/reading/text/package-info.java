/** The basics of text files: UTF-8, lines, positions, JSON and its faults. */
package dev.apprentice.dataset.datasets.reading.text;
