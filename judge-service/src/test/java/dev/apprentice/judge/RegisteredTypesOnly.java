package dev.apprentice.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.testkit.RegisteredTypes;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/** Makes every test of the whole service fail if a type that is not registered for the native image is converted to JSON. */
@Singleton
class RegisteredTypesOnly implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        new RegisteredTypes(List.of("contracts", "prompts", "chat-models", "service-kit", "judge-service")).watch(mapper);
    }
}
