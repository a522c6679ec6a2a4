package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Names;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.example.WellFormed;
import org.apache.kafka.common.header.Headers;

/**
 * The change that a record of the instructions topic asks for.
 *
 * @param dataset the dataset that it changes
 * @param change an example that joins or corrects, or, for a tombstone, a withdrawal
 */
public record InstructionChange(String dataset, Change change) {

    /**
     * Reads a record.
     *
     * @param key {@code dataset/example}; needed for a tombstone only
     * @param headers may name the record's type
     * @param value the instruction as JSON, or null
     * @param size how large an example may be
     * @throws InvalidEventException if the record cannot be used
     */
    public static InstructionChange of(String key, Headers headers, byte[] value, ExampleSize size) {
        if (value == null) {
            return withdrawal(key);
        }
        Instruction instruction = Topics.INSTRUCTIONS.read(headers, value);
        requireWellFormed(instruction.instruction(), "instruction");
        requireWellFormed(instruction.input(), "input");
        requireWellFormed(instruction.output(), "output");
        requireWellFormed(instruction.system(), "system");
        requireWellFormed(instruction.rejected(), "rejected");
        instruction.turns().forEach(turn -> requireWellFormed(turn.content(), "turns"));
        Example example = Example.of(instruction);
        size.excess(example).ifPresent(fault -> {
            throw new InvalidEventException("example '" + example.id() + "' " + fault);
        });
        return new InstructionChange(instruction.dataset(), Change.joined(example));
    }

    private static InstructionChange withdrawal(String key) {
        int slash = key == null ? -1 : key.indexOf('/');
        if (slash < 0 || !Names.isValid(key.substring(0, slash)) || !Names.isValid(key.substring(slash + 1))) {
            throw new InvalidEventException(
                    "a record without a value withdraws an example, but its key '" + key + "' is not 'dataset/example'");
        }
        return new InstructionChange(key.substring(0, slash), Change.withdrawn(key.substring(slash + 1)));
    }

    private static void requireWellFormed(String text, String field) {
        if (!WellFormed.is(text)) {
            throw new InvalidEventException("field '" + field + "' " + WellFormed.FAULT);
        }
    }
}
