package dev.apprentice.lab.demo;

/** One entry of the demo's data, with Alpaca's fields. */
record Example(String instruction, String input, String output) {}
