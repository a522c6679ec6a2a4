package dev.apprentice.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * README's list of commands equals the output of {@code apprentice --help}.
 *
 * <p>After changing a command, rewrite it with
 * {@code mvn -pl deploy/acceptance -am test -Dtest=CommandTableTest -Dsurefire.failIfNoSpecifiedTests=false -Dapprentice.write-docs}.
 */
class CommandTableTest {

    private static final Path README = Path.of("").toAbsolutePath().getParent().getParent().resolve("README.md");
    private static final Pattern USAGE = Pattern.compile("(?s)(?<=```\n)Usage: apprentice .*?(?=```\n)");

    @TempDir Path home;

    @Test
    void readmeListsEveryCommand() throws IOException {
        String usage = CommandRun.of(home, "--help").out();
        Matcher table = USAGE.matcher(Files.readString(README));
        assertThat(table.find()).isTrue();
        if (System.getProperty("apprentice.write-docs") != null) {
            Files.writeString(README, table.replaceFirst(Matcher.quoteReplacement(usage)));
            return;
        }
        assertThat(table.group()).isEqualTo(usage);
    }
}
