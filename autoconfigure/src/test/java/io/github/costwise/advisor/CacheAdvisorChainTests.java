package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.document.Document;
import org.springframework.ai.rag.advisor.RetrievalAugmentationAdvisor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.spi.CachePartitionResolver;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The response cache beside advisors of Spring AI.
 */
@Timeout(60)
@Tag("chain")
class CacheAdvisorChainTests {

	private static final String VALID = "{\"name\": \"Paris\"}";

	private static final String INVALID = "{\"title\": 7}";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider);

	private String corpus = "1";

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void retrievalKeepsTheCacheOut() {
		this.provider.enqueue(Answer.text("one"), Answer.text("two"));
		this.runner.run((context) -> {
			assertThat(askDocuments(context)).isEqualTo("one");
			assertThat(askDocuments(context)).isEqualTo("two");
			assertThat(CacheClients.counters(context).bypasses(Bypass.CORPUS)).isEqualTo(2);
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::cacheOutcome)
				.containsOnly(CacheOutcome.BYPASSED);
		});
	}

	@Test
	void retrievalOfAKnownCorpusIsCachedUntilTheCorpusChanges() {
		this.provider.enqueue(Answer.text("one"), Answer.text("two"));
		this.runner
			.withBean(CachePartitionResolver.class,
					() -> (prompt, attribution) -> Map.of(CachePartitionResolver.CORPUS, this.corpus))
			.run((context) -> {
				assertThat(askDocuments(context)).isEqualTo("one").isEqualTo(askDocuments(context));
				this.corpus = "2";
				assertThat(askDocuments(context)).isEqualTo("two").isEqualTo(askDocuments(context));
				this.corpus = "1";
				assertThat(askDocuments(context)).isEqualTo("one");
				assertThat(this.provider.requests()).hasSize(2);
			});
	}

	@Test
	void resolverWithoutCorpusOrWithoutAnAnswerKeepsRetrievalOut() {
		this.provider.handler((request) -> Answer.text("fine"));
		this.runner.withBean(CachePartitionResolver.class, () -> (prompt, attribution) -> Map.of("region", "eu"))
			.run((context) -> {
				askDocuments(context);
				assertThat(CacheClients.counters(context).bypasses(Bypass.CORPUS)).isOne();
			});
		this.runner.withBean(CachePartitionResolver.class, () -> (prompt, attribution) -> {
			throw new IllegalStateException("no answer");
		}).run((context) -> {
			assertThat(askDocuments(context)).isEqualTo("fine");
			assertThat(CacheClients.counters(context).bypasses(Bypass.RESOLVER)).isOne();
		});
	}

	private static String askDocuments(ApplicationContext context) {
		RetrievalAugmentationAdvisor retrieval = RetrievalAugmentationAdvisor.builder()
			.documentRetriever((query) -> List.of(new Document("Penguins sleep while standing.")))
			.build();
		return String.valueOf(
				CacheClients.client(context).prompt("How do penguins sleep?").advisors(retrieval).call().content());
	}

	@Test
	void answerThatIsValidAtLastIsStored() {
		this.provider.enqueue(Answer.text(INVALID), Answer.text(VALID));
		this.runner.run((context) -> {
			assertThat(askCity(context, 3)).isEqualTo(new City("Paris")).isEqualTo(askCity(context, 3));
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3 })
	void answerThatIsNeverValidIsNotStored(int repeats) {
		this.provider.handler((request) -> Answer.text(INVALID));
		this.runner.run((context) -> {
			for (int i = 1; i <= 2; i++) {
				assertThat(content(context, repeats)).isEqualTo(INVALID);
				assertThat(this.provider.requests()).hasSize(i * (1 + repeats));
				assertThat(CacheClients.counters(context).refusals(Refusal.SCHEMA)).isEqualTo(i);
			}
		});
	}

	@Test
	void validatedAnswersAreNotMixedWithOthers() {
		this.provider.enqueue(Answer.text(INVALID), Answer.text(VALID));
		this.runner.run((context) -> {
			assertThat(CacheClients.ask(context, "The capital of France?")).isEqualTo(INVALID);
			assertThat(content(context, 0)).isEqualTo(VALID);
			assertThat(content(context, 0)).isEqualTo(VALID);
			assertThat(CacheClients.ask(context, "The capital of France?")).isEqualTo(INVALID);
		});
	}

	@Test
	void callThatFailsWhileItIsRepeatedStoresNothing() {
		this.provider.enqueue(Answer.text(INVALID), Answer.error(500), Answer.text(VALID));
		this.runner.run((context) -> {
			assertThatException().isThrownBy(() -> content(context, 3));
			assertThat(content(context, 3)).isEqualTo(VALID);
		});
	}

	private static City askCity(ApplicationContext context, int repeats) {
		return CacheClients.client(context)
			.prompt("The capital of France?")
			.advisors(validator(repeats))
			.call()
			.entity(City.class);
	}

	private static String content(ApplicationContext context, int repeats) {
		return String.valueOf(CacheClients.client(context)
			.prompt("The capital of France?")
			.advisors(validator(repeats))
			.call()
			.content());
	}

	private static StructuredOutputValidationAdvisor validator(int repeats) {
		return StructuredOutputValidationAdvisor.builder().outputType(City.class).maxRepeatAttempts(repeats).build();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void memoryRemembersHits(boolean streamed) {
		this.provider.enqueue(Answer.text("Paris"));
		this.runner.run((context) -> {
			MessageWindowChatMemory memory = MessageWindowChatMemory.builder().build();
			ChatClient client = CacheClients.client(context)
				.mutate()
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
				.build();
			for (String conversation : List.of("1", "2")) {
				ChatClient.ChatClientRequestSpec asked = client.prompt("Capital of France?")
					.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation));
				if (streamed) {
					asked.stream().content().blockLast();
				}
				else {
					asked.call().content();
				}
			}
			assertThat(this.provider.requests()).hasSize(1);
			CacheClients.await(() -> memory.get("2").size() == 2);
			assertThat(memory.get("2")).extracting(Message::getText).containsExactly("Capital of France?", "Paris");
		});
	}

	@Test
	void conversationsThatDifferShareNothing() {
		this.provider.enqueue(Answer.text("Paris"), Answer.text("Two million."), Answer.text("Berlin"),
				Answer.text("Four million."));
		this.runner.run((context) -> {
			ChatClient client = CacheClients.client(context)
				.mutate()
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
				.build();
			assertThat(talk(client, "1", "Capital of France?")).isEqualTo("Paris");
			assertThat(talk(client, "1", "How many people live there?")).isEqualTo("Two million.");
			assertThat(talk(client, "2", "Capital of Germany?")).isEqualTo("Berlin");
			assertThat(talk(client, "2", "How many people live there?")).isEqualTo("Four million.");
			assertThat(talk(client, "3", "Capital of France?")).isEqualTo("Paris");
			assertThat(talk(client, "3", "How many people live there?")).isEqualTo("Two million.");
			assertThat(this.provider.requests()).hasSize(4);
		});
	}

	private static String talk(ChatClient client, String conversation, String message) {
		return String.valueOf(client.prompt(message)
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation))
			.call()
			.content());
	}

	record City(String name) {

	}

}
