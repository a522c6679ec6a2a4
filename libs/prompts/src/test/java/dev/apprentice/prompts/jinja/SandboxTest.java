package dev.apprentice.prompts.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.prompts.jinja.value.Rendered;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A template is untrusted code. */
class SandboxTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 100000000 }}",
        "{{ 'x' * 9000000000000000000 }}",
        "{{ range(1000000000) }}",
        "{{ 2 ** 99999999 }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set ns = namespace(s='xxxxxxxx') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% for i in range(100000) %}{{ 'a long line of text that is written again and again' }}{% endfor %}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
        "{{ 'x' | indent(2000000000) }}",
        "{{ '%9999s' % 'x' }}{{ 'x'.center(2000000000) }}",
        "{% set ns = namespace(l=[]) %}{% for i in range(100) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
        "{{ 'a'.replace('', 'x' * 3000000).replace('', 'x' * 3000000) }}",
        "{{ ([1, 2, 3] * 4611686018427387904) | length }}",
        "{{ strftime_now('%F' * 2000000) | length }}",
        "{{ ''.center(4000000, 'y' * 4000000) }}",
        "{{ [[[[1]]]] | tojson(indent='x' * 3000000) }}",
        "{% set s = 'a' * 3000000 %}{{ s.find('a' * 1000000 + 'b') }}",
        "{% set s = 'a' * 3000000 %}{{ ('a' * 1000000 + 'b') in s }}",
        "{% set s = 'a' * 3000000 %}{% for i in range(100000) %}{% if s[1:] %}{% endif %}{% endfor %}",
        "{% set s = 'a' * 3000000 %}{% for i in range(100000) %}{{ s | length }}{% endfor %}",
        "{% set s = 'a' * 3000000 %}{% for i in range(100000) %}{% if s is lower %}{% endif %}{% endfor %}",
        "{% set s = 'a' * 2000000 %}{% set t = 'a' * 2000000 %}{% for i in range(100000) %}{% if s == t %}{% endif %}{% endfor %}",
        "{{ (['a' * 2000000] * 100000) | sort | length }}",
        "{{ (['%s%s' * 100000] * 100000) | select('even') | list }}",
        "{{ (['ü' * 1000000] * 1000) | map('urlencode') | list }}",
        "{% set ns = namespace(l=[]) %}{% for i in range(1000) %}{% set ns.l = [ns.l, [1] * 4000000] %}{% endfor %}",
        "{% set ns = namespace(l=[]) %}{% for i in range(1000) %}{% set ns.l = [ns.l, ('x,' * 400000).split(',')] %}{% endfor %}",
        "{% set ns = namespace(l=[]) %}{% for i in range(1000) %}{% set ns.l = [ns.l, range(100000)] %}{% endfor %}"
    })
    void whatHasNoEndIsEnded(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class);
    }

    /** A list that holds another one twice, and so on, has more entries than can ever be visited. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{{ a == b }}", "{{ a < b }}", "{{ {x: 1} }}", "{{ {1: 1}[x] }}", "{{ x in {1: 1} }}", "{{ [x] | unique | list }}", "{{ a }}",
        "{{ a | tojson }}", "{{ [[a]].index([b]) }}", "{{ [a] | map(attribute=a) | list }}", "{{ 'x' | attr(a) }}"
    })
    void anEndlessListIsNotVisited(String use) {
        String doubled = "{% set ns = namespace(a=[1], b=[1], x=(1,)) %}{% for i in range(55) %}{% set ns.a = [ns.a, ns.a] %}"
                + "{% set ns.b = [ns.b, ns.b] %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}"
                + "{% set a = ns.a %}{% set b = ns.b %}{% set x = ns.x %}";

        assertThatThrownBy(() -> render(doubled + use)).isInstanceOf(TemplateException.class).hasNoCause();
    }

    /** What a literal holds counts, so that a loop over a long one is bounded too. */
    @Test
    void longLiteralsInALoopAreBounded() {
        String numbers = "1, ".repeat(50_000);
        String pairs = IntStream.range(0, 9_000).mapToObj(i -> "(" + i + ", " + -31 * i + "): 1").collect(Collectors.joining(", "));
        for (String body : List.of("{% set x = [" + numbers + "] %}", "{% set x = {" + pairs + "} %}",
                "{% if " + "1 and ".repeat(500) + "0 %}{% endif %}")) {
            String loop = "{% for i in range(100000) %}" + body + "{% endfor %}";
            assertThatThrownBy(() -> render(loop)).isInstanceOf(TemplateException.class).hasMessageContaining("3000000 steps");
        }
    }

    @Test
    void aLongConversationIsNotRefused() throws IOException {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            messages.add(Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", "a line\n\"of words\" ".repeat(50)));
        }
        String template;
        try (InputStream in = SandboxTest.class.getResourceAsStream("/templates/qwen-3.jinja")) {
            template = new String(in.readAllBytes(), StandardCharsets.UTF_8) + "{{ messages | tojson }}";
        }

        assertThat(Template.parse(template).render(Map.of("messages", messages, "add_generation_prompt", true), LocalDateTime.MIN).text())
                .hasSizeGreaterThan(2_000_000);
    }

    /** In each of these Jinja2 3.1.6 raises an exception too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 200, value = {
        "{{ 'a'.replace('a', 1) }} | line 1: 'new' is a number; it must be a string",
        "{{ '%(x)s' % () }} | the format '%(x)' needs a dict, not a tuple",
        "{{ '%(x)s' % {} }} | the format needs a value 'x'",
        "{{ 'x' % 1 }} | the format needs fewer values than it gets",
        "{{ '100%' % 1 }} | '%' at character 4 begins no format; '%%' is the sign itself",
        "{{ '%d' % (1e308 * 10) }} | inf cannot be written as a whole number",
        "{{ '%x' % 1.5 }} | the format '%x' needs a whole number, not a number",
        "{{ 'a'.startswith(none) }} | line 1: 'prefix' is None; it must be a string or a tuple of strings",
        "{{ strftime_now(none) }} | line 1: 'format' is None; it must be a string",
        "{{ dict(**{none: 1}) }} | the name of an argument after '**' is None; it must be a string",
        "{{ {[1]: 2} }} | a list cannot be a key of a dict",
        "{{ 'a'.center(5, 'xy') }} | line 1: 'fillchar' has 2 characters; it must have one",
        "{{ ','.join([1]) }} | line 1: 'join' of a string needs strings, not a number",
        "{{ 0 ** -1 }} | division by zero"
    })
    void aValueOfTheWrongKindIsNamed(String template, String message) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class).hasMessage(message).hasNoCause();
    }

    /** Filters, whose names would be taken for columns above. In each of these Jinja2 3.1.6 raises an exception too. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{{ '%(x)s' | format }}", "{{ (1e308 * 10) | round(0, 'ceil') }}", "{{ 1.5 | round(0, 'up') }}", "{{ none | items | list }}",
        "{{ {1: 1, 'a': 2} | tojson(sort_keys=true) }}", "{{ {none: 1, 'a': 2} | tojson(sort_keys=true) }}",
        "{{ [1, 2] | tojson(separators=[none, 2]) }}", "{{ [1, 2] | tojson(separators=(',', ':', ';')) }}", "{{ [1] | map(none) | list }}",
        "{{ [1] | select(none) | list }}", "{{ 1 | attr(none) }}", "{{ 'abcdefgh' | truncate(5, leeway=-9) }}", "{{ 'x' is even }}"
    })
    void aFilterRefusesAValueOfTheWrongKind(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class).hasNoCause();
    }

    @Test
    void deepNestingIsRefusedWhenItIsRead() {
        assertThatThrownBy(() -> Template.parse("{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}"))
                .isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> Template.parse("{% if 1 %}".repeat(10_000) + "{% endif %}".repeat(10_000)))
                .isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> Template.parse("x".repeat(Template.MOST_CHARACTERS + 1)))
                .hasMessageContaining("it may have 262144");
    }

    @Test
    void nothingOfJavaCanBeReached() {
        assertThat(render("{{ messages.getClass is defined }} {{ 'x'.class is defined }} {{ ''.__class__ is defined }}"))
                .isEqualTo("False False False");
        assertThatThrownBy(() -> render("{{ [].append(1) }}")).hasMessageContaining("which a template must not");
        assertThatThrownBy(() -> render("{% include '/etc/passwd' %}")).hasMessageContaining("'include' is a statement that");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{{ x | line 1: a tag is not closed; it needs '}}'",
        "{% if 1 %} | line 1: found the end of the template where '{% endif %}' belongs",
        "{{ nope() }} | line 1: 'nope' is undefined",
        "{{ 1 + 'x' }} | a number + a string has no value",
        "{{ x.y }} | line 1: 'x' is undefined",
        "{{ 1 / 0 }} | division by zero",
        "{{ raise_exception('Alternate!') }} | line 1: Alternate!",
        "{% break %} | line 1: 'break' is only valid in a loop"
    })
    void aMistakeIsSaidWithItsLine(String template, String message) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class).hasMessage(message);
    }

    @Test
    void everyCharacterKnowsItsAuthor() {
        Rendered rendered = Template.parse("<{{ messages[0].role }}>{{ messages[0].content.strip()[1:] ~ '!' }}{{ tools | tojson }}")
                .render(Map.of("messages", List.of(Map.of("role", "user", "content", " abc ")), "tools", List.of("t")),
                        LocalDateTime.MIN);

        assertThat(rendered.text()).isEqualTo("<user>bc![\"t\"]");
        assertThat(rendered.authors()).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, Rendered.OUTSIDE, 0, 0);
    }

    private static String render(String template) {
        return Template.parse(template).render(Map.of("messages", List.of()), LocalDateTime.MIN).text();
    }
}
