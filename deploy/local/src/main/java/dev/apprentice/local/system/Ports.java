package dev.apprentice.local.system;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.JsonTrouble;
import dev.apprentice.local.port.FreePorts;
import dev.apprentice.local.port.PortClaims;
import dev.apprentice.local.port.PortOwner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * The port of each member, all on the loopback address.
 *
 * @param key the credential to sign in with; empty for none
 */
public record Ports(Map<Member, Integer> numbers, Optional<Credential> key) {

    private static final int HIGHEST = 65_535;

    public Ports {
        numbers = Map.copyOf(new EnumMap<>(numbers));
        for (Member member : Member.values()) {
            Integer port = numbers.get(member);
            if (port == null || port < 1 || port > HIGHEST) {
                throw new CommandException(
                        "Port " + port + " for " + member + " is not a port; use a number from 1 to " + HIGHEST + ".");
            }
        }
        if (numbers.values().stream().distinct().count() < numbers.size()) {
            throw new CommandException("Two members cannot share a port: " + numbers + ".");
        }
    }

    public Ports(Map<Member, Integer> numbers) {
        this(numbers, Optional.empty());
    }

    /** Returns a copy with this credential. */
    Ports signedInWith(Optional<Credential> other) {
        return new Ports(numbers, other);
    }

    /** Returns Kafka's usual 9092, and 8081 to 8084. */
    public static Ports defaults() {
        return each(Member::defaultPort);
    }

    /** Returns five consecutive ports, the broker's first. */
    public static Ports startingAt(int base) {
        return each(member -> base + member.ordinal());
    }

    /**
     * Returns a copy with a free port in place of each one that is taken.
     *
     * @param claims claims the ports for this start
     * @param told gets a line for each port that is replaced
     */
    Ports freed(PortClaims claims, Consumer<String> told) {
        Map<Member, Integer> chosen = new EnumMap<>(Member.class);
        for (Member member : Member.values()) {
            int port = of(member);
            if (claims.claim(port)) {
                chosen.put(member, port);
                continue;
            }
            String owner = FreePorts.isFree(port) ? "another start" : PortOwner.words(port);
            chosen.put(member, claims.claimAny());
            told.accept("Port %d is taken by %s; %s gets port %d instead.".formatted(port, owner, member, chosen.get(member)));
        }
        return new Ports(chosen);
    }

    private static Ports each(ToIntFunction<Member> port) {
        Map<Member, Integer> numbers = new EnumMap<>(Member.class);
        for (Member member : Member.values()) {
            numbers.put(member, port.applyAsInt(member));
        }
        return new Ports(numbers);
    }

    /** Returns a copy with these ports replaced. */
    public Ports with(Map<Member, Integer> others) {
        Map<Member, Integer> changed = new EnumMap<>(numbers);
        changed.putAll(others);
        return new Ports(changed, key);
    }

    public int of(Member member) {
        return numbers.get(member);
    }

    /** Returns the address at which a service takes HTTP requests. */
    public URI url(Member member) {
        return URI.create("http://" + FreePorts.LOOPBACK + ":" + of(member));
    }

    /** Returns the address of the report page, for a person. */
    public String page() {
        return "http://localhost:" + of(Member.JUDGE_SERVICE) + "/";
    }

    /** Returns the address of a run on the report page. */
    public String page(String run) {
        return page() + "#/runs/" + run;
    }

    /** Returns the broker's address for Kafka's clients. */
    public String bootstrapServers() {
        return FreePorts.LOOPBACK + ":" + of(Member.BROKER);
    }

    /** Writes the ports to a file, for later commands. */
    void save(Path file) throws IOException {
        Map<String, Integer> named = new LinkedHashMap<>();
        for (Member member : Member.values()) {
            named.put(member.id(), of(member));
        }
        Files.createDirectories(file.getParent());
        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), named);
    }

    /** Reads what {@link #save} wrote. */
    static Ports load(Path file) {
        try {
            Map<String, Integer> named = Json.MAPPER.readValue(file.toFile(), new TypeReference<>() {});
            Map<Member, Integer> numbers = new EnumMap<>(Member.class);
            named.forEach((id, port) -> Member.of(id).ifPresent(member -> numbers.put(member, port)));
            return new Ports(numbers);
        } catch (IOException e) {
            throw new CommandException(
                    file + " cannot be read: " + JsonTrouble.words(e) + "; delete it and run `apprentice up` again.", e);
        }
    }
}
