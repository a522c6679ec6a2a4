package dev.apprentice.local.command;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Member;

/** Members as people name them. */
final class MemberName {

    private MemberName() {}

    /** @throws CommandException naming all members when there is none of that name */
    static Member read(String id) {
        return Member.of(id)
                .or(() -> Member.of(id + "-service"))
                .orElseThrow(() -> new CommandException(
                        "There is no member '" + id + "'; there are " + Member.names() + "."));
    }
}
