package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.ChatServer;
import dev.apprentice.contracts.run.JudgeName;

/** Provides access to the models that judge. */
public interface ChatServers {

    /** Returns the model of that name. Contacts no server yet. */
    ChatServer of(JudgeName name);
}
