package dev.apprentice.local.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * A line of a member's log. Services write JSON objects; any other line, such as the broker's or a JVM's fatal error, is shown
 * unchanged.
 */
public final class LogLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final Set<String> BAD = Set.of("ERROR", "SEVERE", "FATAL");

    private final String text;
    private final Optional<JsonNode> record;

    private LogLine(String text, Optional<JsonNode> record) {
        this.text = text;
        this.record = record;
    }

    public static LogLine parse(String text) {
        return new LogLine(text, json(text).filter(node -> node.has("message")));
    }

    private static Optional<JsonNode> json(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // a truncated line of a killed process, which is shown unchanged
        }
    }

    /** Returns the line in a form such as {@code 19:22:01.123 WARN  [CheckpointWriter] (run-1) disk is nearly full}. */
    public String readable() {
        return record.map(LogLine::readable).orElse(text);
    }

    private static String readable(JsonNode record) {
        String logger = record.path("loggerName").asText();
        String run = record.path("mdc").path("run").asText();
        StringBuilder line = new StringBuilder()
                .append(time(record.path("timestamp").asText()))
                .append(String.format(" %-5s [%s] ", record.path("level").asText(),
                        logger.substring(logger.lastIndexOf('.') + 1)));
        if (!run.isEmpty()) {
            line.append('(').append(run).append(") ");
        }
        line.append(record.path("message").asText());
        String trace = record.path("stackTrace").asText();
        if (!trace.isBlank()) {
            line.append(System.lineSeparator()).append(trace.stripTrailing());
        }
        return line.toString();
    }

    private static String time(String timestamp) {
        try {
            return TIME.format(OffsetDateTime.parse(timestamp).atZoneSameInstant(ZoneId.systemDefault()));
        } catch (DateTimeParseException e) {
            return timestamp;
        }
    }

    /** Returns the error that the line reports; empty if it reports none. */
    Optional<String> error() {
        if (record.isPresent()) {
            return record.filter(node -> BAD.contains(node.path("level").asText()))
                    .map(node -> withCause(node.path("message").asText(), node.path("stackTrace").asText()));
        }
        boolean bad = text.contains(" ERROR ") || text.contains("Exception:") || text.startsWith("Error");
        return bad ? Optional.of(text.strip()) : Optional.empty();
    }

    private static String withCause(String message, String trace) {
        Optional<String> rootCause = trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, last) -> last)
                .or(() -> trace.lines().findFirst());
        return rootCause.map(cause -> message + " (" + cause.strip() + ")").orElse(message);
    }
}
