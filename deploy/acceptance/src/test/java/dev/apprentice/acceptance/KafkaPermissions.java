package dev.apprentice.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Reads what deploy/kubernetes allows each service in Kafka, as Strimzi would pass it to the broker. */
public final class KafkaPermissions {

    private static final Path USERS = Path.of("").toAbsolutePath().getParent().resolve("kubernetes/base/kafka-users.yaml");

    private KafkaPermissions() {}

    static List<AclBinding> ofTheManifests() throws IOException {
        List<AclBinding> all = new ArrayList<>();
        for (JsonNode user : users()) {
            String principal = "User:" + user.at("/metadata/name").asText();
            for (JsonNode acl : user.at("/spec/authorization/acls")) {
                for (JsonNode operation : acl.path("operations")) {
                    all.add(new AclBinding(pattern(acl.path("resource")), new AccessControlEntry(
                            principal, "*", operation(operation.asText()), AclPermissionType.ALLOW)));
                }
            }
        }
        return all;
    }

    /** Returns the manifests of the users. */
    public static List<JsonNode> users() throws IOException {
        return new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class).<JsonNode>readValues(USERS.toFile()).readAll();
    }

    private static ResourcePattern pattern(JsonNode resource) {
        return switch (resource.path("type").asText()) {
            case "topic" -> named(ResourceType.TOPIC, resource);
            case "group" -> named(ResourceType.GROUP, resource);
            case "transactionalId" -> named(ResourceType.TRANSACTIONAL_ID, resource);
            case "cluster" -> new ResourcePattern(ResourceType.CLUSTER, Resource.CLUSTER_NAME, PatternType.LITERAL);
            default -> throw new IllegalArgumentException(resource.toString());
        };
    }

    private static ResourcePattern named(ResourceType type, JsonNode resource) {
        PatternType pattern =
                resource.path("patternType").asText().equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL;
        return new ResourcePattern(type, resource.path("name").asText(), pattern);
    }

    /** Returns an operation by its name in a manifest, such as DescribeConfigs. */
    private static AclOperation operation(String name) {
        return AclOperation.fromString(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }
}
