package dev.apprentice.contracts;

/**
 * One example to learn from. Anyone may write these.
 *
 * @param dataset the dataset it belongs to
 * @param example its id within the dataset; a later record with the same id corrects it
 * @param instruction what is asked
 * @param input what it is asked about; empty where the instruction says it all
 * @param output the answer to learn
 */
public record Instruction(String dataset, String example, String instruction, String input, String output)
        implements Event {

    public Instruction {
        Require.name(dataset, "dataset");
        Require.name(example, "example");
        Require.text(instruction, "instruction");
        input = input == null ? "" : input;
        Require.text(output, "output");
    }

    @Override
    public String key() {
        return dataset + "/" + example;
    }
}
