package dev.apprentice.acceptance.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Mutates valid JSON into what no correct client sends; the seed makes it deterministic. */
public final class JsonMutation {

    /** The replacements for a value: other types, limits of numbers, limits of parsers. */
    private static final List<String> VALUES = List.of(
            "null", "true", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"../../etc/passwd\"", "\"=1+1\"", "0", "-1", "1.5",
            "1e400", "-0.0", "2147483647", "2147483648", "9223372036854775808", "1" + "0".repeat(1_100), "[]", "{}", "[[]]",
            "[".repeat(1_200) + "]".repeat(1_200), "\"" + "x".repeat(100_000) + "\"", "{\"" + "k".repeat(60_000) + "\":1}");

    private final Random random;

    public JsonMutation(long seed) {
        this.random = new Random(seed);
    }

    /** Returns a broken body: truncated, with another structure, value or field, or no JSON at all. */
    byte[] of(String sound) {
        byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> flipped(bytes);
            case 2 -> ("\ufeff" + sound).getBytes(StandardCharsets.UTF_8);
            case 3 -> pick(VALUES).getBytes(StandardCharsets.UTF_8);
            default -> changed(sound);
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = 0; i < 3 && flipped.length > 0; i++) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    /** Changes one value. It is replaced in the text, since a tree cannot hold all of the values. */
    private byte[] changed(String sound) {
        try {
            JsonNode tree = Json.MAPPER.readTree(sound);
            List<JsonNode> containers = new ArrayList<>();
            collect(tree, containers);
            String mark = "\"@here@\"";
            JsonNode container = pick(containers);
            if (container instanceof ObjectNode object) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.isEmpty() || random.nextInt(5) == 0 ? "unknown" : pick(names);
                if (random.nextInt(6) == 0) {
                    object.remove(name);
                } else {
                    object.put(name, "@here@");
                }
            } else if (container instanceof ArrayNode array) {
                array.add("@here@");
            }
            return tree.toString().replace(mark, pick(VALUES)).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            return flipped(sound.getBytes(StandardCharsets.UTF_8)); // such as several lines of JSON
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        } else if (containers.isEmpty()) {
            containers.add(node);
        }
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
