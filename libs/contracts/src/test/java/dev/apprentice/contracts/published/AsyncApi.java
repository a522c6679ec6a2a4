package dev.apprentice.contracts.published;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;

/** Topics and their messages as <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI 3.0</a>. */
final class AsyncApi {

    private static final String KAFKA_BINDING = "0.5.0";

    private final ObjectNode root = Json.MAPPER.createObjectNode();
    private final ObjectNode channels;
    private final ObjectNode messages;

    AsyncApi() {
        root.put("asyncapi", "3.0.0");
        root.putObject("info")
                .put("title", "Apprentice")
                .put("version", "1")
                .put("description", "The events of Apprentice's four services. A record's value is JSON; CloudEvents attributes are in"
                        + " headers (Kafka binding 1.0.2, binary mode). Readers skip fields that they do not know, and only"
                        + " optional fields are added. With APPRENTICE_KAFKA_PREFIX every address begins with that.");
        root.put("defaultContentType", "application/json");
        channels = root.putObject("channels");
        messages = root.putObject("components").putObject("messages");
    }

    /**
     * A topic of events.
     *
     * @param name the channel's
     * @param address the topic's, with its parameters in braces
     * @param description the event's
     * @param key of a sample
     */
    AsyncApi with(String name, String address, Topic<?> topic, String description, String key) {
        String event = topic.event().getSimpleName();
        ObjectNode channel = channels.putObject(name);
        channel.put("address", address);
        if (address.contains("{run}")) {
            channel.putObject("parameters").putObject("run").put("description", "The run whose batches these are.");
        }
        channel.putObject("messages").putObject(event).put("$ref", "#/components/messages/" + event);
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        var policies = kafka.putObject("topicConfiguration").putArray("cleanup.policy");
        for (String policy : topic.settings().get("cleanup.policy").split(",")) {
            policies.add(policy);
        }
        kafka.put("bindingVersion", KAFKA_BINDING);

        ObjectNode message = messages.putObject(event);
        message.put("name", event).put("summary", description).put("contentType", "application/json");
        ObjectNode headers = message.putObject("headers").put("type", "object").putObject("properties");
        headers.putObject("ce_type").put("type", "string").put("const", topic.type());
        for (String text : new String[] {"ce_specversion", "ce_id", "ce_source", "ce_time", "content-type", "traceparent"}) {
            headers.putObject(text).put("type", "string");
        }
        message.putObject("payload").put("$ref", "./events/" + EventSchemasTest.file(topic));
        ObjectNode binding = message.putObject("bindings").putObject("kafka");
        binding.putObject("key").put("type", "string").putArray("examples").add(key);
        binding.put("bindingVersion", KAFKA_BINDING);
        return this;
    }

    /** The topic of records that could not be used. */
    AsyncApi withDeadLetters() {
        ObjectNode channel = channels.putObject("dead-letters");
        channel.put("address", Topics.DEAD_LETTERS);
        channel.put("description", "Records that could not be used: the beginning of each as it came, and in the headers"
                + " dead-letter-reason, dead-letter-topic, dead-letter-partition and dead-letter-offset.");
        return this;
    }

    ObjectNode toJson() {
        return root;
    }
}
