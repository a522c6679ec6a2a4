package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.layout.EntryFields;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;

/**
 * Assembles conversations from tables of messages, as help desks and chats export them: one row for each message, with its thread
 * and its sender's role. Messages are sorted by time, or keep the order of the rows if a time of the thread is missing or not
 * understood. Threads are sorted by id. Sorting happens on disk, so memory does not depend on the number of rows.
 */
final class Threads implements ExampleReader.Diversion, AutoCloseable {

    private static final String[] THREAD = {"thread_id", "ticket_id", "conversation_id", "thread", "ticket", "chat_id"};
    private static final String[] ROLE = {"role", "author_role", "sender_role", "author_type", "sender_type", "sender", "from"};
    private static final String[] TEXT = {"text", "message", "body", "content", "comment"};
    private static final String[] AT = {"created_at", "timestamp", "time", "date", "sent_at", "at"};
    private static final Set<String> ANY_THREAD = Set.of(THREAD);

    private final Path file;
    private final ExampleReader into;
    private OutputStream out;
    private int rows;

    Threads(Path scratch, ExampleReader into) throws IOException {
        this.file = Files.createTempFile(scratch, "threads", ".tmp");
        this.into = into;
    }

    @Override
    public boolean takes(JsonNode entry) throws IOException {
        if (!mayBeMessage(entry)) {
            return false;
        }
        EntryFields fields = new EntryFields(entry, into.settings().fields());
        JsonNode thread = fields.takePlain(THREAD);
        JsonNode role = fields.takePlain(ROLE);
        JsonNode text = fields.takePlain(TEXT);
        if (thread.asText().isBlank() || role.isMissingNode() || text.isMissingNode()) {
            return false;
        }
        if (out == null) {
            out = new BufferedOutputStream(Files.newOutputStream(file));
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode()
                .put("thread", thread.asText())
                .put("n", rows++)
                .put("role", role(role.asText()))
                .put("content", text.asText(""));
        SentAt.seconds(fields.takePlain(AT).asText("")).ifPresent(seconds -> row.put("sent", seconds));
        fields.takePlain("id"); // the message's own id, if the thread has another
        ObjectNode more = row.objectNode();
        fields.eachUnused(name -> more.set(name, entry.path(name)));
        row.put("more", more.toString());
        out.write(Json.MAPPER.writeValueAsBytes(row));
        out.write('\n');
        return true;
    }

    /** Tells whether an entry has a field that names a thread. Must be fast, since it is called for every entry. */
    private boolean mayBeMessage(JsonNode entry) {
        if (into.settings().fields().containsKey(THREAD[0])) {
            return true;
        }
        for (Iterator<String> names = entry.fieldNames(); names.hasNext(); ) {
            if (ANY_THREAD.contains(EntryFields.plain(names.next()))) {
                return true;
            }
        }
        return false;
    }

    /** Maps the role names of help desks to user and assistant; others stay as they are. */
    private static String role(String said) {
        return switch (said.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "customer", "end-user", "end_user", "enduser", "requester", "client", "visitor", "contact", "user" -> "user";
            case "agent", "support", "admin", "staff", "operator", "employee", "assistant", "bot" -> "assistant";
            default -> said;
        };
    }

    /** Passes the conversations on. */
    void finish() throws IOException {
        if (out == null) {
            return;
        }
        out.close();
        Thread thread = new Thread();
        Tables.readSorted(file, into, row -> thread.add(row));
        thread.end();
    }

    /** The conversation that is being assembled. */
    private final class Thread {

        private String id = "";
        private ArrayNode turns = JsonNodeFactory.instance.arrayNode();
        private ObjectNode more = JsonNodeFactory.instance.objectNode();

        void add(JsonNode row) throws IOException {
            if (!row.path("thread").textValue().equals(id)) {
                end();
                id = row.path("thread").textValue();
            }
            turns.addObject().put("role", row.path("role").textValue()).put("content", row.path("content").textValue());
            Json.MAPPER.readTree(row.path("more").textValue()).fields()
                    .forEachRemaining(field -> more.putIfAbsent(field.getKey(), field.getValue()));
        }

        /** Ends the conversation. Other fields of its messages, such as subject or priority, become fields of the conversation. */
        void end() throws IOException {
            if (!turns.isEmpty()) {
                ObjectNode entry = JsonNodeFactory.instance.objectNode();
                entry.setAll(more);
                entry.put("id", id).set("messages", turns);
                into.addDirectly(0, entry);
                turns = JsonNodeFactory.instance.arrayNode();
                more = JsonNodeFactory.instance.objectNode();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
        Files.deleteIfExists(file);
    }
}
