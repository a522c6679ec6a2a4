package dev.apprentice.lab.demo;

/** An entry of the demo's data: Alpaca's fields and a category. */
record Example(String instruction, String input, String output, String category) {}
