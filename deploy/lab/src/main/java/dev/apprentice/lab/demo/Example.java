package dev.apprentice.lab.demo;

/** One entry of the demo's data, with Alpaca's fields and its category. */
record Example(String instruction, String input, String output, String category) {}
