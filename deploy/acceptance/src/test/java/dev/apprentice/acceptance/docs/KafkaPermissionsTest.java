package dev.apprentice.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.acceptance.KafkaPermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** docs/security.md lists what deploy/kubernetes allows each service; BrokerAwayIT runs the services with these permissions. */
class KafkaPermissionsTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().getParent().resolve("docs/security.md");
    private static final String TABLE = "| user | resource | operations |\n|---|---|---|\n";

    /** After a change, rewrite the table with {@code -Dapprentice.write-docs}. */
    @Test
    void thePageListsTheManifests() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (JsonNode user : KafkaPermissions.users()) {
            for (JsonNode acl : user.at("/spec/authorization/acls")) {
                JsonNode resource = acl.path("resource");
                String name = resource.path("name").asText() + (resource.path("patternType").asText().equals("prefix") ? "*" : "");
                rows.append("| %s | %s | %s |\n".formatted(
                        user.at("/metadata/name").asText(),
                        resource.path("type").asText() + (name.isEmpty() ? "" : " `" + name + "`"),
                        StreamSupport.stream(acl.path("operations").spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(", "))));
            }
        }
        String text = Files.readString(PAGE);
        int start = text.indexOf(TABLE) + TABLE.length();
        if (System.getProperty("apprentice.write-docs") != null) {
            Files.writeString(PAGE, text.substring(0, start) + rows + text.substring(text.indexOf("\n##", start)));
        }

        assertThat(Files.readString(PAGE)).contains(TABLE + rows + "\n## ");
    }
}
