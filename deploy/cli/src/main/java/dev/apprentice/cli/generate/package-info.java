/** Instruction data that models make: what they are asked, how their answers are checked, and where the result is written. */
package dev.apprentice.cli.generate;
