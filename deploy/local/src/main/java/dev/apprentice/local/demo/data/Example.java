package dev.apprentice.local.demo.data;

/** One entry of the demo's data, with Alpaca's fields. */
record Example(String instruction, String input, String output) {}
