package dev.apprentice.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaPrefixTest {

    private static final List<Class<?>> NAMES = List.of(Topics.class, ConsumerGroups.class, TransactionalIds.class);

    /** The contracts as another process has them, by a class loader of their own. */
    @Test
    void everyNameBeginsWithIt() throws Exception {
        List<String> without = names(KafkaPrefixTest.class.getClassLoader());
        System.setProperty(KafkaPrefix.KEY, "blue.");
        List<String> with;
        try (URLClassLoader other = new URLClassLoader(
                new URL[] {location(Topics.class), location(org.apache.kafka.common.config.TopicConfig.class)},
                ClassLoader.getPlatformClassLoader())) {
            with = names(other);
        } finally {
            System.clearProperty(KafkaPrefix.KEY);
        }

        assertThat(without).contains("apprentice.dead-letters", "apprentice.batches.x", "judge-service-reports", "trainer-x")
                .hasSizeGreaterThan(12);
        assertThat(with).containsExactlyElementsOf(without.stream().map(name -> "blue." + name).toList());
    }

    @Test
    void whatNamesCannotHaveIsRefusedByItsSetting() {
        assertThatCode(() -> KafkaPrefix.require("team-a_1.")).doesNotThrowAnyException();
        assertThatCode(() -> KafkaPrefix.require("")).doesNotThrowAnyException();
        assertThatThrownBy(() -> KafkaPrefix.require("team a/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("apprentice.kafka.prefix (APPRENTICE_KAFKA_PREFIX) is 'team a/'; ");
        assertThatThrownBy(() -> KafkaPrefix.require("x".repeat(51))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Every constant that is a text, and what every method makes of names. */
    private static List<String> names(ClassLoader loader) throws ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        for (Class<?> known : NAMES) {
            Class<?> type = loader.loadClass(known.getName());
            for (var field : type.getFields()) {
                if (field.getType() == String.class) {
                    names.add((String) field.get(null));
                }
            }
            for (var method : Arrays.stream(type.getMethods())
                    .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == String.class)
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .toList()) {
                Object[] texts = new Object[method.getParameterCount()];
                Arrays.fill(texts, "x");
                names.add((String) method.invoke(null, texts));
            }
        }
        Class<?> topics = loader.loadClass(Topics.class.getName());
        Class<?> topic = loader.loadClass(Topic.class.getName());
        names.add((String) topic.getMethod("name").invoke(topics.getMethod("batches", String.class).invoke(null, "x")));
        for (Object each : (List<?>) topics.getField("STANDING").get(null)) {
            names.add((String) topic.getMethod("name").invoke(each));
        }
        return names;
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
