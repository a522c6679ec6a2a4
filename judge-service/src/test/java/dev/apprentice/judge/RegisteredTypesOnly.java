package dev.apprentice.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.testkit.RegisteredTypes;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/** Lets every test of the whole service fail in which a type becomes JSON that a native image would not know. */
@Singleton
class RegisteredTypesOnly implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        new RegisteredTypes(List.of("contracts", "prompts", "chat-models", "service-kit", "judge-service")).watch(mapper);
    }
}
