package dev.apprentice.local.system;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Stops members while the broker still runs for them. */
final class Stop {

    private Stop() {}

    /**
     * Sends SIGTERM to all services and waits for them in this order, then stops the broker if it is among the members.
     *
     * @param members the members, in the order in which they stop
     * @param told gets a line for each member that has a record
     */
    static void all(SystemFolder folder, List<Member> members, Consumer<String> told) throws IOException {
        Map<Member, Optional<ProcessHandle>> alive = new EnumMap<>(Member.class);
        for (Member member : members) {
            alive.put(member, new MemberProcess(member, folder).alive());
        }
        for (Member member : members) {
            if (member != Member.BROKER) {
                alive.get(member).ifPresent(ProcessHandle::destroy);
            }
        }
        for (Member member : members) {
            Optional<String> outcome = new MemberProcess(member, folder).end(alive.get(member));
            outcome.ifPresent(words -> told.accept(String.format("%-18s %s", member, words)));
        }
    }
}
