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

    /** The system property with the project's root, which the launcher script sets. */
    private static final String ROOT = "apprentice.root";

    /** Returns the installation of this command line; the current folder if the property is not set. */
    public static Installation current() {
        return new Installation(Path.of(System.getProperty(ROOT, "")).toAbsolutePath().normalize());
    }

    /** Returns the path of the trainer's package, which may not exist. */
    public Path trainer() {
        return root.resolve(Member.TRAINER_SERVICE.jar());
    }

    /** Returns a member's package. @throws CommandException if it is not built */
    Path jar(Member member) {
        Path jar = root.resolve(member.jar());
        if (!Files.isRegularFile(jar)) {
            throw new CommandException(
                    member + " is not built: " + jar + " is missing; run `mvn package -DskipTests` in " + root + ".");
        }
        return jar;
    }
}
