package dev.apprentice.cli.command.option;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;

/** Members as people name them. */
public final class MemberName {

    private MemberName() {}

    /** @throws CommandException naming all members when there is none of that name */
    public static Member read(String id) {
        return Member.of(id)
                .or(() -> Member.of(id + "-service"))
                .orElseThrow(() -> new CommandException(
                        "There is no member '" + id + "'; there are " + Member.names() + "."));
    }
}
