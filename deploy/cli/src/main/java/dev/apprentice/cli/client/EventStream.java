package dev.apprentice.cli.client;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Reader of server-sent events, line by line.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">Parsing an
 *     event stream</a>
 */
final class EventStream {

    private static final String DATA = "data:";
    private static final String ID = "id:";

    private EventStream() {}

    /**
     * Reads to the end of the stream.
     *
     * @param events gets each event's data and the last id so far, which is empty before the first id
     */
    static void read(Stream<String> lines, BiConsumer<Optional<String>, String> events) {
        StringBuilder data = new StringBuilder();
        Optional<String> id = Optional.empty();
        for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
            String line = each.next();
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.accept(id, data.toString());
                }
                data.setLength(0);
            } else if (line.startsWith(DATA)) {
                data.append(data.isEmpty() ? "" : "\n").append(value(line, DATA));
            } else if (line.startsWith(ID)) {
                id = Optional.of(value(line, ID));
            }
        }
    }

    private static String value(String line, String field) {
        String value = line.substring(field.length());
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
