/** What any file of text is made of: UTF-8, lines, places in it, and what keeps it from being JSON. */
package dev.apprentice.dataset.datasets.reading.text;
