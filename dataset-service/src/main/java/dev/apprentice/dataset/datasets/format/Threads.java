package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tables of messages, as help desks and chats export them: one row a message, with the thread that it belongs to and who says
 * it. The messages of a thread become one conversation, in the order of their times or else of the rows; threads come in the
 * order of their ids. Rows are sorted on the disk, so that memory does not depend on how many there are.
 */
final class Threads implements ExampleReader.Diversion, AutoCloseable {

    private static final List<String> THREAD = List.of("thread_id", "ticket_id", "conversation_id", "thread", "ticket", "chat_id");
    private static final List<String> ROLE = List.of("role", "author_role", "sender_role", "author_type", "sender_type", "sender", "from");
    private static final List<String> TEXT = List.of("text", "message", "body", "content", "comment");
    private static final List<String> AT = List.of("created_at", "timestamp", "time", "date", "sent_at", "at");

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
        Optional<String> thread = field(entry, THREAD);
        Optional<String> role = field(entry, ROLE);
        Optional<String> text = field(entry, TEXT);
        if (thread.isEmpty() || role.isEmpty() || text.isEmpty() || entry.path(thread.get()).asText().isBlank()) {
            return false;
        }
        if (out == null) {
            out = new BufferedOutputStream(Files.newOutputStream(file));
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode()
                .put("thread", entry.path(thread.get()).asText())
                .put("sent", field(entry, AT).map(name -> entry.path(name).asText()).orElse(""))
                .put("n", rows++)
                .put("role", role(entry.path(role.get()).asText()))
                .put("content", entry.path(text.get()).asText(""));
        out.write(Json.MAPPER.writeValueAsBytes(row));
        out.write('\n');
        return true;
    }

    private static Optional<String> field(JsonNode entry, List<String> names) {
        return names.stream().filter(name -> entry.path(name).isValueNode() && !entry.path(name).isNull()).findFirst();
    }

    /** The roles that help desks know; others are told as what they are. */
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

        void add(JsonNode row) throws IOException {
            if (!row.path("thread").textValue().equals(id)) {
                end();
                id = row.path("thread").textValue();
            }
            turns.addObject().put("role", row.path("role").textValue()).put("content", row.path("content").textValue());
        }

        void end() throws IOException {
            if (!turns.isEmpty()) {
                ObjectNode entry = JsonNodeFactory.instance.objectNode();
                entry.put("id", id).set("messages", turns);
                into.addDirectly(0, entry);
                turns = JsonNodeFactory.instance.arrayNode();
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
