package dev.apprentice.cli.command.option;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;

/** Reads names of a system's members; the ending {@code -service} may be left out. */
public final class MemberName {

    private MemberName() {}

    /** Returns the member. @throws CommandException if there is none of that name; the message lists all members */
    public static Member read(String id) {
        return Member.of(id)
                .or(() -> Member.of(id + "-service"))
                .orElseThrow(() -> new CommandException(
                        "There is no member '" + id + "'; there are " + Member.names() + "."));
    }
}
