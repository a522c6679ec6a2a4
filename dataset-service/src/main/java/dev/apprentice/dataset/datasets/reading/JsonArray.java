package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.OrderedWork;
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
 * The entries of a JSON array, cut between entries into pieces that all cores read.
 *
 * <pre>
 * [{"a": 1}, {"a": 2}, {"a": 3}]     pieces [{"a": 1}, {"a": 2}   and   , {"a": 3}]     read as [{"a": 1}, {"a": 2}]   and   [0, {"a": 3}]
 * </pre>
 *
 * <p>What cannot be read so is read again by {@link JsonEntries} with blanks in place of what stands before it, which says where and why: no
 * cut is wrong before the text stops being JSON.
 */
final class JsonArray {

    /** Stands for the entries that have been read. */
    private static final byte[] EARLIER = {'[', '0'};
    private static final byte[] END = {']'};
    private static final int AT_A_TIME = 1 << 17;

    private final ExampleReader into;
    private final int longest;
    private TextPosition begin = TextPosition.BEGINNING;
    /** How far what has been handed on goes. */
    private TextPosition reached = TextPosition.BEGINNING;

    private int depth = 1;
    /** The place of the array's last bracket among the bytes looked at last, where they hold one. */
    private int end = -1;
    private boolean inText;
    private boolean escaped;
    private boolean behindEntry;

    /**
     * Entries that stand together.
     *
     * @param bytes without the comma or bracket behind them; those of the first begin with the array's bracket, others with a comma
     * @param goes how far they lead
     * @param entries empty where they cannot be read
     */
    private record Piece(byte[] bytes, TextPosition goes, Optional<List<JsonEntry>> entries) {}

    /** @param longest bytes that an entry may have to be read so */
    JsonArray(ExampleReader into, int longest) {
        this.into = into;
        this.longest = longest;
    }

    /** Whether UTF-8 begins with an array. */
    static boolean begins(byte[] utf8) {
        int at = ByteOrderMark.end(utf8);
        while (at < utf8.length && isBlank(utf8[at])) {
            at++;
        }
        return at < utf8.length && utf8[at] == '[';
    }

    /**
     * Reads all of it.
     *
     * @param utf8 that begins with an array
     * @throws UnreadableFileException where it stops being JSON
     */
    void read(InputStream utf8) throws IOException {
        try (OrderedWork<byte[], Piece> reading = new OrderedWork<>(this::read, this::add)) {
            try {
                cut(utf8, reading);
            } catch (StrictUtf8.InvalidException e) {
                reading.finish(); // what is wrong before it comes first
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
                before.write(next); // a byte order mark is no character
            }
        }
        begin = TextPosition.BEGINNING.behind(before.toByteArray());
        reached = begin;
        return new byte[] {'['};
    }

    /** Looks at bytes from a place on, or up to the array's end. @return the last comma behind an entry in brackets; -1 for none */
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

    /** Whether the array ends here, and nothing follows it. */
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

    /** Reads what follows as if it had just been come upon. */
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
