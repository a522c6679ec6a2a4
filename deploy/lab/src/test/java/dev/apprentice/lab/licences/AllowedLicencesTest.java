package dev.apprentice.lab.licences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedLicencesTest {

    private static final AllowedLicences ALLOWED = AllowedLicences.read("allowed.txt", List.of(
            "# a comment", "", "Apache-2.0", "BSD-3-Clause  # another", "org.example:go = BSD-3-Clause", "org.example:bare = NOASSERTION",
            "org.example:wrong = GPL-3.0-only"));

    @Test
    void oneOfTheLicencesThatALibraryOffersIsEnough() {
        assertThat(ALLOWED.against(component("dual", "GPL-2.0-only", "Apache-2.0"))).isEmpty();
        assertThat(ALLOWED.against(component("strict", "GPL-2.0-only", "LGPL-2.1-only"))).contains(
                "org.example:strict 1.0 is under GPL-2.0-only or LGPL-2.1-only, which is not allowed. Allow the licence, write"
                        + " 'org.example:strict = LICENCE' where you know it to be under another, or leave the library out.");
    }

    @Test
    void aLibraryWithoutAnIdentifierIsTakenByTheOneThatTheListGivesIt() {
        assertThat(ALLOWED.against(component("go", "Go License"))).isEmpty();
        assertThat(ALLOWED.against(component("bare"))).isEmpty();
        assertThat(ALLOWED.against(component("other"))).hasValueSatisfying(
                why -> assertThat(why).startsWith("org.example:other 1.0 names no licence. Allow"));
        assertThat(ALLOWED.against(component("wrong", "Apache-2.0"))).hasValueSatisfying(
                why -> assertThat(why).contains("is under GPL-3.0-only, which is not allowed"));
    }

    @Test
    void aLineThatIsNeitherIsNamed() {
        assertThatThrownBy(() -> AllowedLicences.read("mine.txt", List.of("MIT", "Apache License 2.0")))
                .isInstanceOf(CommandException.class)
                .hasMessage("Line 2 of mine.txt, 'Apache License 2.0', is neither an SPDX identifier, such as Apache-2.0, nor"
                        + " GROUP:NAME = IDENTIFIER.");
    }

    @Test
    void identifiersNamesAndExpressionsOfAnSbomAreRead() throws IOException {
        List<Component> components = Sbom.read(new ObjectMapper().readTree("""
                {"components": [
                  {"group": "org.example", "name": "a", "version": "1.0",
                   "licenses": [{"license": {"id": "MIT", "url": "https://example.org"}}, {"license": {"name": "Go License"}}]},
                  {"group": "org.example", "name": "b", "version": "1.0", "licenses": [{"expression": "MIT OR Apache-2.0"}]},
                  {"group": "org.example", "name": "c", "version": "1.0"}]}"""));

        assertThat(components).containsExactly(
                component("a", "MIT", "Go License"), component("b", "MIT OR Apache-2.0"), component("c"));
    }

    private static Component component(String name, String... licences) {
        return new Component("org.example:" + name, "1.0", List.of(licences));
    }
}
