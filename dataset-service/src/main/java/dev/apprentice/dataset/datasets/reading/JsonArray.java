package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.OrderedWork;
import dev.apprentice.dataset.datasets.reading.outcome.UnreadableFileException;
import dev.apprentice.dataset.datasets.reading.text.ByteOrderMark;
import dev.apprentice.dataset.datasets.reading.text.DataJson;
import dev.apprentice.dataset.datasets.reading.text.StrictUtf8;
import dev.apprentice.dataset.datasets.reading.text.TextPosition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads the entries of a JSON array in parallel, in pieces that are cut between entries.
 *
 * <pre>
 * [{"a": 1}, {"a": 2}, {"a": 3}]     pieces [{"a": 1}, {"a": 2}   and   , {"a": 3}]     read as [{"a": 1}, {"a": 2}]   and   [0, {"a": 3}]
 * </pre>
 *
 * <p>A piece that cannot be parsed is read again by {@link JsonEntries}, which reports the position and the reason. Blanks
 * replace the text before the piece. All cuts are correct up to the place where the text stops being JSON.
 */
final class JsonArray {

    /** A prefix that replaces the entries that have been read. */
    private static final byte[] EARLIER = {'[', '0'};
    private static final byte[] END = {']'};
    private static final int AT_A_TIME = 1 << 17;

    private final ExampleReader into;
    private final int longest;
    private TextPosition begin = TextPosition.BEGINNING;
    /** The position after the pieces that have been added. */
    private TextPosition reached = TextPosition.BEGINNING;

    private int depth = 1;
    /** Index of the array's closing bracket among the bytes scanned last; -1 if they contain none. */
    private int end = -1;
    private boolean inText;
    private boolean escaped;
    private boolean behindEntry;

    /**
     * Consecutive entries.
     *
     * @param bytes without the comma or bracket after them; the first piece begins with the array's bracket, others with a comma
     * @param goes the distance that they cover
     * @param entries empty if they cannot be parsed
     */
    private record Piece(byte[] bytes, TextPosition goes, Optional<List<JsonEntry>> entries) {}

    /** @param longest bytes of an entry that can be read in this way */
    JsonArray(ExampleReader into, int longest) {
        this.into = into;
        this.longest = longest;
    }

    /** Tells whether the text begins with an array. */
    static boolean begins(byte[] utf8) {
        int at = ByteOrderMark.end(utf8);
        while (at < utf8.length && isBlank(utf8[at])) {
            at++;
        }
        return at < utf8.length && utf8[at] == '[';
    }

    /**
     * Reads the array.
     *
     * @param utf8 text that begins with an array
     * @throws UnreadableFileException where it stops being JSON
     */
    void read(InputStream utf8) throws IOException {
        try (OrderedWork<byte[], Piece> reading = new OrderedWork<>(this::read, this::add)) {
            try {
                cut(utf8, reading);
            } catch (StrictUtf8.InvalidException e) {
                reading.finish(); // an earlier fault is reported first
                throw e;
            }
        }
    }

    private void cut(InputStream utf8, OrderedWork<byte[], Piece> reading) throws IOException {
        byte[] begun = toBracket(utf8);
        int added;
        do {
            byte[] next = utf8.readNBytes(AT_A_TIME);
            added = next.length;
            byte[] all = Arrays.copyOf(begun, begun.length + added);
            System.arraycopy(next, 0, all, begun.length, added);
            int cut = lastCut(all, begun.length);
            if (cut > 0) {
                reading.add(Arrays.copyOf(all, cut));
            }
            begun = Arrays.copyOfRange(all, Math.max(cut, 0), all.length);
            end -= Math.max(cut, 0);
        } while (depth > 0 && added == AT_A_TIME && begun.length <= longest);
        if (added < AT_A_TIME && isLast(begun)) {
            reading.add(Arrays.copyOf(begun, end));
            reading.finish();
        } else {
            reading.finish();
            again(new SequenceInputStream(new ByteArrayInputStream(begun), utf8));
        }
    }

    private byte[] toBracket(InputStream utf8) throws IOException {
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        int next = utf8.read();
        for (; next != '['; next = utf8.read()) {
            if (next < 0x80) {
                before.write(next); // a byte order mark does not count as a character
            }
        }
        begin = TextPosition.BEGINNING.behind(before.toByteArray());
        reached = begin;
        return new byte[] {'['};
    }

    /** Scans bytes from an index to the array's end. @return the last comma after an entry in brackets; -1 for none */
    private int lastCut(byte[] bytes, int from) {
        int cut = -1;
        for (int i = from; i < bytes.length && depth > 0; i++) {
            byte next = bytes[i];
            if (inText) {
                inText = escaped || next != '"';
                escaped = !escaped && next == '\\';
            } else if (next == '}' || next == ']') {
                depth--;
                behindEntry = depth == 1;
                end = depth == 0 && next == ']' ? i : -1;
            } else if (!isBlank(next)) {
                cut = next == ',' && behindEntry ? i : cut;
                behindEntry = false;
                inText = next == '"';
                depth += next == '{' || next == '[' ? 1 : 0;
            }
        }
        return cut;
    }

    /** Tells whether the array ends here, and nothing follows it. */
    private boolean isLast(byte[] begun) {
        for (int i = Math.max(0, end + 1); i < begun.length; i++) {
            if (!isBlank(begun[i])) {
                return false;
            }
        }
        return depth == 0 && end >= 0;
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || one == '\n' || one == '\r' || one == '\t';
    }

    private Piece read(byte[] bytes) throws IOException {
        TextPosition goes = TextPosition.BEGINNING.behind(bytes);
        boolean isFirst = bytes[0] == '[';
        try (JsonParser json = Json.MAPPER.createParser(together(isFirst ? new byte[0] : EARLIER, bytes, END))) {
            DataJson.prepare(json);
            json.nextToken();
            if (!isFirst) {
                json.nextToken();
            }
            List<JsonEntry> entries = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                int line = json.currentTokenLocation().getLineNr();
                entries.addAll(JsonEntry.of(line, DataJson.value(json), into));
            }
            return new Piece(bytes, goes, json.nextToken() == null ? Optional.of(entries) : Optional.empty());
        } catch (JsonProcessingException e) {
            return new Piece(bytes, goes, Optional.empty());
        }
    }

    private void add(Piece piece) throws IOException {
        if (piece.entries().isEmpty()) {
            again(new ByteArrayInputStream(together(piece.bytes(), END)));
        } else {
            for (JsonEntry entry : piece.entries().get()) {
                into.add(entry.below(reached.line()));
            }
        }
        reached = reached.behind(piece.goes());
    }

    /** Reads the rest sequentially, with positions as in the whole text. */
    private void again(InputStream rest) throws IOException {
        if (reached.equals(begin)) {
            new JsonEntries(into, false).read(new SequenceInputStream(TextPosition.BEGINNING.blankTo(begin), rest));
            return;
        }
        TextPosition behindEarlier = new TextPosition(begin.line(), begin.column() + EARLIER.length);
        new JsonEntries(into, true).read(new SequenceInputStream(Collections.enumeration(List.of(TextPosition.BEGINNING.blankTo(begin),
                new ByteArrayInputStream(EARLIER), behindEarlier.blankTo(reached), rest))));
    }

    private static byte[] together(byte[]... some) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] one : some) {
            all.writeBytes(one);
        }
        return all.toByteArray();
    }
}
