package dev.apprentice.dataset.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.reading.ExampleReader;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a Slack export: {@code users.json}, {@code channels.json}, and a folder of days for each channel. In a thread, the person
 * who asked is the user, and all others are the assistant. One channel is in memory at a time.
 *
 * @see <a href="https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports">Slack's exports</a>
 */
final class SlackExport {

    private static final String USERS = "users.json";
    private static final String CHANNELS = "channels.json";
    private static final Pattern DAY = Pattern.compile("(?s).*/\\d{4}-\\d\\d-\\d\\d\\.json");

    /** The subtypes of messages from people; other messages report events of the workspace, or are from programs. */
    private static final Set<String> OF_PEOPLE = Set.of("", "thread_broadcast", "reply_broadcast", "file_share", "me_message");

    /** The id of Slack's own bot, which the list of users has as a person. */
    private static final String SLACK = "USLACKBOT";

    private final ExampleReader into;
    private final SlackText text;
    private final Map<String, Boolean> bots;

    /** @param bots whether each user is a program, by the user's id */
    private SlackExport(ExampleReader into, SlackText text, Map<String, Boolean> bots) {
        this.into = into;
        this.text = text;
        this.bots = bots;
    }

    /**
     * Tells whether files are an export: days of channels, and a list of the workspace's users or channels.
     *
     * @param files by their paths; the export may lie in a subfolder
     */
    static boolean is(Map<String, Path> files) {
        return files.keySet().stream().anyMatch(SlackExport::isDay)
                && files.keySet().stream().map(SlackExport::name).anyMatch(Set.of(USERS, CHANNELS)::contains);
    }

    /** Reads an export. A file that cannot be read is refused alone. Without the list of users, mentions keep their ids. */
    static void read(Map<String, Path> files, ExampleReader into) throws IOException {
        Map<String, String> users = new HashMap<>();
        Map<String, Boolean> bots = new HashMap<>();
        Map<String, List<String>> days = new TreeMap<>();
        for (String file : files.keySet()) {
            if (name(file).equals(USERS)) {
                for (JsonNode user : json(files.get(file), file, into)) {
                    users.put(user.path("id").asText(), displayName(user));
                    bots.put(user.path("id").asText(), user.path("is_bot").asBoolean());
                }
            } else if (isDay(file)) {
                days.computeIfAbsent(file.substring(0, file.lastIndexOf('/')), channel -> new ArrayList<>()).add(file);
            } else if (!name(file).equals(CHANNELS)) {
                into.ignore("files of other kinds, such as " + file);
            }
        }
        SlackExport export = new SlackExport(into, new SlackText(users), bots);
        for (Map.Entry<String, List<String>> channel : days.entrySet()) {
            Map<String, List<JsonNode>> threads = new LinkedHashMap<>();
            for (String day : channel.getValue()) {
                json(files.get(day), day, into).forEach(message -> threads
                        .computeIfAbsent(message.path("thread_ts").asText(message.path("ts").asText()), thread -> new ArrayList<>())
                        .add(message));
            }
            into.begin(channel.getKey());
            for (List<JsonNode> thread : threads.values()) {
                export.read(thread);
            }
        }
    }

    private static boolean isDay(String file) {
        return DAY.matcher(file).matches();
    }

    private void read(List<JsonNode> thread) throws IOException {
        List<JsonNode> said = thread.stream().filter(this::isOfPerson).toList();
        thread.stream().filter(message -> !isOfPerson(message)).forEach(message -> into.ignore("messages of Slack and of bots"));
        said.stream().filter(message -> !message.path("files").isEmpty()).forEach(message -> into.ignore("files attached to messages"));
        if (said.isEmpty()) {
            return;
        }
        String asker = said.get(0).path("user").asText();
        if (said.stream().allMatch(message -> message.path("user").asText().equals(asker))) {
            into.ignore("threads without an answer");
            return;
        }
        ArrayNode turns = JsonNodeFactory.instance.arrayNode();
        for (JsonNode message : said) {
            String role = message.path("user").asText().equals(asker) ? "user" : "assistant";
            turns.addObject().put("role", role).put("content", text.plain(message.path("text").asText()));
        }
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.set("messages", turns);
        into.add(0, entry);
    }

    /** Tells whether a program posted the message; one that posts as a person has a bot's id besides the person's. */
    private boolean isOfPerson(JsonNode message) {
        String user = message.path("user").asText();
        return message.path("type").asText("message").equals("message")
                && OF_PEOPLE.contains(message.path("subtype").asText())
                && !user.equals(SLACK)
                && !bots.getOrDefault(user, message.has("bot_id"));
    }

    /** Returns the list in a file; empty if there is none. */
    private static JsonNode json(Path file, String name, ExampleReader into) throws IOException {
        into.begin(name);
        try {
            JsonNode json = Json.MAPPER.readTree(file.toFile());
            if (json != null && json.isArray()) {
                return json;
            }
            into.refuse(0, "is no list, as Slack exports are; export it again", "");
        } catch (JsonProcessingException e) {
            into.refuse(e.getLocation().getLineNr(), "is not JSON at line " + e.getLocation().getLineNr() + "; export it again", "");
        } catch (CharConversionException e) {
            into.refuse(0, "is not UTF-8; export it again", "");
        }
        return JsonNodeFactory.instance.arrayNode();
    }

    private static String displayName(JsonNode user) {
        for (String field : List.of("display_name", "real_name")) {
            String name = user.path("profile").path(field).asText("");
            if (!name.isBlank()) {
                return name;
            }
        }
        return user.path("real_name").asText(user.path("name").asText(user.path("id").asText()));
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
