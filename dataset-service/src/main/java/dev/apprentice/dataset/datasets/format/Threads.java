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
 * Tables of messages, as help desks and chats export them: one row a message, with the thread that it belongs to and who says
 * it. The messages of a thread become one conversation, in the order of their times, or of the rows where a time of the thread is
 * missing or not understood; threads come in the order of their ids. Rows are sorted on the disk, so that memory does not depend on how many there are.
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
        fields.takePlain("id"); // of the message, where a thread has one of its own
        ObjectNode more = row.objectNode();
        fields.eachUnused(name -> more.set(name, entry.path(name)));
        row.put("more", more.toString());
        out.write(Json.MAPPER.writeValueAsBytes(row));
        out.write('\n');
        return true;
    }

    /** Whether an entry has a field that names a thread; this is asked of every entry there is. */
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

    /** The roles that help desks know; others keep their names. */
    private static String role(String said) {
        return switch (said.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "customer", "end-user", "end_user", "enduser", "requester", "client", "visitor", "contact", "user" -> "user";
            case "agent", "support", "admin", "staff", "operator", "employee", "assistant", "bot" -> "assistant";
            default -> said;
        };
    }

    /** Hands the conversations on. */
    void finish() throws IOException {
        if (out == null) {
            return;
        }
        out.close();
        Thread thread = new Thread();
        Tables.readSorted(file, into, row -> thread.add(row));
        thread.end();
    }

    /** The conversation that is being put together. */
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

        /** What messages say besides is told as the conversation's: its subject, how urgent it is. */
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
