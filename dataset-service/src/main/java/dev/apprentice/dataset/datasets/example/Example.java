package dev.apprentice.dataset.datasets.example;

/**
 * One example to learn from, as this service keeps it.
 *
 * @param id its name within the dataset
 * @param instruction what is asked, never blank
 * @param input what it is asked about; empty where the instruction says it all
 * @param output the answer to learn, never blank
 */
public record Example(String id, String instruction, String input, String output) {

    /** Names an example that brought no id: the same text always gets the same one. */
    public static Example withoutId(String instruction, String input, String output) {
        return new Example(Fingerprint.of(instruction, input, output).id(), instruction, input, output);
    }

    /** The same example under another id. */
    public Example named(String otherId) {
        return new Example(otherId, instruction, input, output);
    }

    /** Equal for examples that say the same, whatever their ids. */
    public Fingerprint text() {
        return Fingerprint.of(instruction, input, output);
    }

    /** Equal for examples that ask the same, whatever their answers. */
    public Fingerprint question() {
        return Fingerprint.of(instruction, input);
    }
}
