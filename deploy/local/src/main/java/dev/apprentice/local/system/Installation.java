package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The built project that the processes run from.
 *
 * @param root the project's root folder
 */
public record Installation(Path root) {

    /** Set by the launcher script to the project's root. */
    private static final String ROOT = "apprentice.root";

    /** The one this command line belongs to; the current folder where none is named. */
    public static Installation current() {
        return new Installation(Path.of(System.getProperty(ROOT, "")).toAbsolutePath().normalize());
    }

    /** Where the trainer is packaged, built or not. */
    public Path trainer() {
        return root.resolve(Member.TRAINER_SERVICE.jar());
    }

    /** @throws CommandException when the member is not built */
    Path jar(Member member) {
        Path jar = root.resolve(member.jar());
        if (!Files.isRegularFile(jar)) {
            throw new CommandException(
                    member + " is not built: " + jar + " is missing; run `mvn package -DskipTests` in " + root + ".");
        }
        return jar;
    }
}
