package dev.apprentice.cli.command.system;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.command.option.JsonOption;
import dev.apprentice.cli.letters.DeadLetterReplay;
import dev.apprentice.cli.letters.DeadLetters;
import dev.apprentice.cli.letters.Letter;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.contracts.Shortened;
import dev.apprentice.local.CommandException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists, shows and resends records that no service could use. */
@Command(
        name = "dead-letters",
        description = "Shows the records that a service could not use, and resends them after the cause is fixed.",
        synopsisSubcommandLabel = "(list | show | replay)",
        mixinStandardHelpOptions = true)
public final class DeadLettersCommand implements Runnable {

    private static final int REASON_WIDTH = 100;

    @ParentCommand private Apprentice apprentice;

    /** A dead letter as JSON, for programs. */
    record Row(
            String id,
            Instant at,
            Optional<String> topic,
            Optional<String> partition,
            Optional<String> offset,
            Optional<String> key,
            String reason,
            Optional<Instant> sentAgain) {

        static Row of(Letter letter) {
            return new Row(letter.id(), letter.at(), letter.topic(), letter.partition(), letter.offset(), letter.key(),
                    letter.reason(), letter.sentAgain());
        }
    }

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a subcommand: list, show or replay.");
    }

    @Command(description = "Lists them, oldest first: id, time, topic, key and reason.", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--topic", paramLabel = "NAME", description = "Only those that came from this topic.")
                    Optional<String> topic,
            @Option(names = "--all", description = "Those that were sent again, too.") boolean all,
            @Mixin JsonOption json) {
        List<Letter> letters = from(topic);
        List<Letter> listed = letters.stream().filter(letter -> all || letter.sentAgain().isEmpty()).toList();
        if (json.isGiven()) {
            JsonOption.print(screen(), listed.stream().map(Row::of).toList());
            return 0;
        }
        if (listed.isEmpty()) {
            screen().print("There are no dead letters" + topic.map(name -> " from " + name).orElse("") + ".");
        } else {
            screen().print(line("ID", "TIME", "TOPIC", "KEY", "REASON"));
        }
        for (Letter letter : listed) {
            screen().print(line(
                    letter.id(),
                    letter.at().toString(),
                    letter.topic().orElse("?"),
                    letter.key().orElse("-"),
                    letter.sentAgain().map(at -> "(sent again at " + at + ") ").orElse("") + shortened(letter.reason())));
        }
        if (listed.size() < letters.size()) {
            screen().print((letters.size() - listed.size()) + " more were sent again; --all lists them, too.");
        }
        return 0;
    }

    @Command(description = "Shows a complete dead letter.", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "ID", description = "Its id in the list, such as 0/17.") String id) {
        Letter letter = letters().find(id);
        field("reason", letter.reason());
        letter.cause().ifPresent(cause -> field("cause", cause));
        field("dead-lettered", letter.at().toString());
        letter.sentAgain().ifPresent(at -> field("sent again", at.toString()));
        field("topic", letter.topic().orElse("?") + letter.partition().map(partition -> ", partition " + partition).orElse("")
                + letter.offset().map(offset -> ", offset " + offset).orElse(""));
        field("key", letter.key().orElse("none"));
        letter.headers().forEach(header ->
                field("header", header.key() + ": " + (header.value() == null ? "" : Letter.text(header.value()))));
        letter.wholeBytes().ifPresent(bytes -> field(
                "part", "of a record of %,d bytes, which `replay` fetches from %s".formatted(bytes, letter.place())));
        field("value", letter.value().orElse("none"));
        return 0;
    }

    @Command(
            description = {
                "Writes records back to the topics they came from, as they came.",
                "Those that were sent again already are left out, unless --again is given."
            },
            mixinStandardHelpOptions = true)
    int replay(
            @Parameters(arity = "0..*", paramLabel = "ID", description = "Their ids in the list.") List<String> ids,
            @Option(names = "--topic", paramLabel = "NAME", description = "All that came from this topic.")
                    Optional<String> topic,
            @Option(names = "--again", description = "Those that were sent again before, too.") boolean again) {
        Set<String> wanted = new LinkedHashSet<>(ids == null ? List.of() : ids);
        if (wanted.isEmpty() == topic.isEmpty()) {
            throw new CommandException("Name the ids to resend, or --topic for all of one topic.");
        }
        try (DeadLetterReplay replay = new DeadLetterReplay(apprentice.broker())) { // opened first, since it waits for an earlier replay
            List<Letter> named = topic.isPresent() ? from(topic) : letters().find(wanted);
            List<Letter> letters = named.stream().filter(letter -> again || letter.sentAgain().isEmpty()).toList();
            for (Letter letter : letters) {
                replay.send(letter);
                screen().print("Sent " + letter.id() + " to " + letter.topic().orElseThrow() + " again.");
            }
            int left = named.size() - letters.size();
            screen().print(letters.size() + " sent again"
                    + (left == 0 ? "." : "; " + left + " were sent again before, --again sends them once more."));
        }
        return 0;
    }

    private List<Letter> from(Optional<String> topic) {
        return letters().all().stream()
                .filter(letter -> topic.isEmpty() || letter.topic().equals(topic))
                .toList();
    }

    private DeadLetters letters() {
        return new DeadLetters(apprentice.broker());
    }

    private Screen screen() {
        return apprentice.screen();
    }

    private void field(String name, String value) {
        screen().print(Words.harmless(String.format("%-10s %s", name, value)));
    }

    private static String line(String id, String time, String topic, String key, String reason) {
        return Words.harmless(String.format("%-8s %-26s %-26s %-24s %s", id, time, topic, key, reason));
    }

    private static String shortened(String reason) {
        return Shortened.to(REASON_WIDTH, reason.replace('\n', ' '));
    }
}
