package dev.apprentice.local.system;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Ends members, so that each finds the broker while it ends. */
final class Stop {

    private Stop() {}

    /**
     * Asks all services to end and waits for them in this order, then ends the broker if it is among them.
     *
     * @param members which, in the order in which they shall end
     * @param told gets a line for each of which anything was known
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
