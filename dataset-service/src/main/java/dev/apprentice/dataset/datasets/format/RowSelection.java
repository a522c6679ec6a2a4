package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.dataset.datasets.format.RowFilter.InvalidFilterException;
import dev.apprentice.dataset.datasets.reading.CandidateRow;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Selects rows: those that pass a filter, and a sample of these. Rows wait on disk until all have come; in memory a row takes two
 * bits. Entries that are not objects pass, so that they are refused later with their place.
 */
final class RowSelection implements CandidateRow.Sink, AutoCloseable {

    private final DataReading reading;
    private final long seed;
    private final Path waiting;
    private final Path fields;
    private final JsonGenerator out;
    private final JsonGenerator outFields;
    private final BitSet unfiltered = new BitSet();
    private int rows;

    /** @param scratch a folder for temporary files */
    RowSelection(DataReading reading, long seed, Path scratch) throws IOException {
        this.reading = reading;
        this.seed = seed;
        this.waiting = Files.createTempFile(scratch, "rows", ".tmp");
        this.fields = Files.createTempFile(scratch, "fields", ".tmp");
        this.out = generator(waiting);
        this.outFields = generator(fields);
    }

    static boolean isWanted(DataReading reading) {
        return reading.filter().isPresent() || reading.sample().isPresent();
    }

    private static JsonGenerator generator(Path file) throws IOException {
        OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file));
        return Json.MAPPER.createGenerator(bytes).setRootValueSeparator(null);
    }

    @Override
    public void add(CandidateRow row) throws IOException {
        out.writePOJO(row);
        out.writeRaw('\n');
        if (!row.entry().isObject() || row.entry().isEmpty()) {
            unfiltered.set(rows);
        } else if (reading.filter().isPresent()) {
            outFields.writeStartObject();
            outFields.writeNumberField("place", rows);
            outFields.writePOJOField("row", row.typed());
            outFields.writeEndObject();
            outFields.writeRaw('\n');
        }
        rows++;
    }

    /** Passes the selected rows on, in their order. */
    void finish(ExampleReader into) throws IOException {
        out.close();
        outFields.close();
        BitSet chosen = filtered(into);
        into.leaveOut("filter", rows - chosen.cardinality());
        int passed = chosen.cardinality();
        reading.sample().ifPresent(sample -> draw(chosen, sample));
        into.leaveOut("sample", passed - chosen.cardinality());
        try (BufferedReader lines = Files.newBufferedReader(waiting)) {
            for (int i = 0; i < rows; i++) {
                String line = lines.readLine();
                if (chosen.get(i)) {
                    into.addChosen(CandidateRow.read(line));
                }
            }
        }
    }

    private BitSet filtered(ExampleReader into) throws IOException {
        BitSet all = new BitSet();
        all.set(0, rows);
        if (reading.filter().isEmpty() || unfiltered.cardinality() == rows) {
            return all;
        }
        try {
            BitSet passing = new RowFilter(reading.filter().get()).passing(fields);
            passing.or(unfiltered);
            return passing;
        } catch (InvalidFilterException e) {
            throw into.invalid(e.getMessage());
        }
    }

    /**
     * Draws the sample with Knuth's algorithm S (The Art of Computer Programming, 3.4.2): each row is equally likely, and the
     * order stays.
     */
    private void draw(BitSet rows, double sample) {
        int left = rows.cardinality();
        long wanted = sample < 1 ? Math.round(sample * left) : Math.min((long) sample, left);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = rows.nextSetBit(0); i >= 0; i = rows.nextSetBit(i + 1)) {
            if (random.nextInt(left--) < wanted) {
                wanted--;
            } else {
                rows.clear(i);
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        outFields.close();
        Files.deleteIfExists(waiting);
        Files.deleteIfExists(fields);
    }
}
