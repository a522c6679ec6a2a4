package dev.apprentice.prompts.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.prompts.jinja.value.Rendered;
import dev.apprentice.prompts.jinja.value.TemplateException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
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
        "{{ 'a'.replace('', 'x' * 3000000).replace('', 'x' * 3000000) }}"
    })
    void whatHasNoEndIsEnded(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class);
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
        assertThatThrownBy(() -> render("{% include '/etc/passwd' %}")).hasMessageContaining("'include' is no statement");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{{ x | line 1: a tag has no end; it needs '}}'",
        "{% if 1 %} | line 1: found the end of the template where '{% endif %}' belongs",
        "{{ nope() }} | line 1: 'nope' is undefined",
        "{{ 1 + 'x' }} | a number + a string has no value",
        "{{ x.y }} | line 1: 'x' is undefined",
        "{{ 1 / 0 }} | division by zero",
        "{{ raise_exception('Alternate!') }} | line 1: Alternate!",
        "{% break %} | line 1: 'break' stands outside a loop"
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
