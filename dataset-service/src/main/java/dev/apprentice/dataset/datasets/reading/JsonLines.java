package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.OrderedWork;
import dev.apprentice.dataset.Pieces;
import dev.apprentice.dataset.datasets.reading.text.DataJson;
import dev.apprentice.dataset.datasets.reading.text.JsonFault;
import dev.apprentice.dataset.datasets.reading.text.Lines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads JSON lines in parallel on all cores. A line that is not JSON is refused by itself. */
final class JsonLines {

    private static final int LINES_AT_A_TIME = 500;
    private static final long BYTES_AT_A_TIME = 1 << 17;

    private final ExampleReader into;

    JsonLines(ExampleReader into) {
        this.into = into;
    }

    /**
     * A parsed line.
     *
     * @param entries those before the fault
     * @param fault what is wrong with the line, if anything
     */
    private record ReadLine(int number, List<JsonEntry> entries, Optional<String> fault, String text) {}

    void read(Lines lines) throws IOException {
        try (OrderedWork<List<Lines.Line>, List<ReadLine>> reading = new OrderedWork<>(this::read, this::add)) {
            Pieces<Lines.Line> waiting = new Pieces<>(LINES_AT_A_TIME, BYTES_AT_A_TIME, reading::add);
            for (Optional<Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!line.get().isBlank()) {
                    waiting.add(line.get(), line.get().content().length);
                }
            }
            waiting.handOn();
            reading.finish();
        }
    }

    private List<ReadLine> read(List<Lines.Line> lines) throws IOException {
        List<ReadLine> read = new ArrayList<>();
        for (Lines.Line line : lines) {
            read.add(read(line, (int) Math.min(line.number(), Integer.MAX_VALUE)));
        }
        return read;
    }

    private ReadLine read(Lines.Line line, int number) throws IOException {
        if (line.isTruncated()) {
            return new ReadLine(number, List.of(), Optional.of("is %,d bytes long; the limit is %,d".formatted(
                    line.length(), line.content().length)), new String(line.content(), StandardCharsets.UTF_8));
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.content())).toString();
        } catch (CharacterCodingException e) {
            return new ReadLine(number, List.of(), Optional.of("is not UTF-8"), new String(line.content(), StandardCharsets.ISO_8859_1));
        }
        List<JsonEntry> entries = new ArrayList<>();
        try (JsonParser json = Json.MAPPER.createParser(withoutComma(text))) {
            DataJson.prepare(json);
            return new ReadLine(number, entries, fault(json, number, entries), text);
        }
    }

    /** Lines that were cut from an array end with a comma. */
    private static String withoutComma(String text) {
        String line = text.stripTrailing();
        return line.endsWith(",") ? line.substring(0, line.length() - 1) : text;
    }

    /** Parses the entries of a line. @return what is wrong with it; the entries before that are kept */
    private Optional<String> fault(JsonParser json, int number, List<JsonEntry> entries) throws IOException {
        try {
            while (json.nextToken() != null) {
                entries.addAll(JsonEntry.of(number, DataJson.value(json), into));
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(JsonFault.of(e, json).inLine());
        }
    }

    private void add(List<ReadLine> lines) throws IOException {
        for (ReadLine line : lines) {
            for (JsonEntry entry : line.entries()) {
                into.add(entry);
            }
            if (line.fault().isPresent()) {
                into.refuse(line.number(), line.fault().get(), line.text());
            }
        }
    }
}
