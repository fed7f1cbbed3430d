package io.github.costwise.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.core.Ordered;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.accounting.RunningTurn;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.PriceState;
import io.github.costwise.observability.CostKeyValues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CostKeyValues} on the observations of a real ChatClient.
 */
@Tag("chain")
class CostKeyValuesTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private final Turn turn = new Turn();

	private final Model model = new Model(this.registry);

	private final ChatClient client = ChatClient.builder(this.model, this.registry, null, null, null)
		.defaultAdvisors(new TurnAdvisor(this.turn), new CallsAdvisor(this.turn))
		.build();

	@BeforeEach
	void register() {
		CostKeyValues keyValues = new CostKeyValues(new AdvisorObservations(), new Faults());
		this.registry.observationConfig()
			.observationHandler(new Recorder(this.stopped))
			.observationHandler(keyValues)
			.observationFilter(keyValues);
	}

	@Test
	void shouldAddCostToTheSpansOfACall() {
		this.client.prompt("Hello").call().content();
		assertThat(keys("spring.ai.chat.client")).containsEntry("costwise.turn.id", "turn-1")
			.containsEntry("costwise.feature", "support")
			.containsEntry("costwise.cost.usd", "0.000000700")
			.containsEntry("costwise.price.state", "exact");
		assertThat(keys("Costwise Call")).containsEntry("costwise.cost.usd", "0.000000700");
		assertThat(keys("model")).containsEntry("costwise.turn.id", "turn-1")
			.containsEntry("costwise.feature", "support")
			.doesNotContainKey("costwise.cost.usd");
		assertThat(keys("Costwise Turn")).doesNotContainKey("costwise.turn.id");
	}

	@Test
	void shouldAddCostToTheSpansOfAStream() {
		this.turn.costNanos.set(1000);
		this.client.prompt("Hello").stream().content().blockLast();
		assertThat(keys("spring.ai.chat.client")).containsEntry("costwise.cost.usd", "0.000001700");
		assertThat(keys("Costwise Call")).containsEntry("costwise.cost.usd", "0.000000700");
		assertThat(keys("model")).containsEntry("costwise.turn.id", "turn-1");
	}

	@Test
	void shouldAddCostToACancelledStream() {
		this.client.prompt("Hello").stream().content().take(1).blockLast();
		assertThat(keys("spring.ai.chat.client")).containsEntry("costwise.turn.id", "turn-1")
			.containsEntry("costwise.cost.usd", "0.000000700");
	}

	@Test
	void shouldAddCostToAFailedCall() {
		this.model.fails = true;
		assertThatIllegalStateException().isThrownBy(() -> this.client.prompt("Hello").call().content());
		assertThat(keys("spring.ai.chat.client")).containsEntry("costwise.turn.id", "turn-1")
			.containsEntry("costwise.cost.usd", "0.000000700");
	}

	@Test
	void shouldNotTouchMeters() {
		this.client.prompt("Hello").call().content();
		assertThat(this.stopped).allSatisfy((context) -> assertThat(context.getLowCardinalityKeyValues())
			.noneMatch((keyValue) -> keyValue.getKey().startsWith("costwise.")));
	}

	@Test
	void shouldLeaveOtherClientsAlone() {
		ChatClient.builder(this.model, this.registry, null, null, null).build().prompt("Hello").call().content();
		assertThat(keys("spring.ai.chat.client")).isNotEmpty().doesNotContainKey("costwise.turn.id");
	}

	/** Streams end on threads of their own. */
	private Map<String, String> keys(String name) {
		Awaitility.await().until(() -> this.stopped.stream().anyMatch(called(name)));
		Map<String, String> keys = new HashMap<>();
		Observation.Context context = this.stopped.stream().filter(called(name)).findFirst().orElseThrow();
		for (KeyValue keyValue : context.getAllKeyValues()) {
			keys.put(keyValue.getKey(), keyValue.getValue());
		}
		return keys;
	}

	private static Predicate<Observation.Context> called(String name) {
		return (context) -> name.equals(context.getName())
				|| context.getLowCardinalityKeyValues().stream().anyMatch((key) -> key.getValue().equals(name));
	}

	private record Recorder(List<Observation.Context> stopped) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	private static final class Turn implements RunningTurn {

		private final AtomicLong costNanos = new AtomicLong();

		@Override
		public String id() {
			return "turn-1";
		}

		@Override
		public Attribution attribution() {
			return new Attribution("support", null, null, Map.of());
		}

		@Override
		public Money cost() {
			return Money.ofNanos(this.costNanos.get());
		}

		@Override
		public PriceState priceState() {
			return PriceState.EXACT;
		}

	}

	private static final class TurnAdvisor implements CallAdvisor, StreamAdvisor {

		private final Turn turn;

		private TurnAdvisor(Turn turn) {
			this.turn = turn;
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			return chain.nextCall(withTurn(request));
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			return chain.nextStream(withTurn(request));
		}

		private ChatClientRequest withTurn(ChatClientRequest request) {
			return request.mutate().context("costwise.turn", this.turn).build();
		}

		@Override
		public String getName() {
			return "Costwise Turn";
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE + 250;
		}

	}

	private static final class CallsAdvisor implements CallAdvisor, StreamAdvisor {

		private final Turn turn;

		private CallsAdvisor(Turn turn) {
			this.turn = turn;
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			try {
				return chain.nextCall(request);
			}
			finally {
				settle();
			}
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			return chain.nextStream(request).doOnTerminate(this::settle).doOnCancel(this::settle);
		}

		private void settle() {
			this.turn.costNanos.addAndGet(700);
		}

		@Override
		public String getName() {
			return "Costwise Call";
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE - 1000;
		}

	}

	/** Observes as the models of Spring AI do. */
	private static final class Model implements ChatModel {

		private final ObservationRegistry registry;

		private boolean fails;

		private Model(ObservationRegistry registry) {
			this.registry = registry;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return observation(prompt).observe(() -> {
				if (this.fails) {
					throw new IllegalStateException("no answer");
				}
				return answer();
			});
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return Flux.deferContextual((context) -> {
				Observation observation = observation(prompt)
					.parentObservation(context.<Observation>get("micrometer.observation"))
					.start();
				return Flux.just(answer(), answer()).doFinally((signal) -> observation.stop());
			});
		}

		private Observation observation(Prompt prompt) {
			return Observation.createNotStarted("model",
					() -> ChatModelObservationContext.builder().prompt(prompt).provider("test").build(), this.registry);
		}

		private static ChatResponse answer() {
			return new ChatResponse(List.of(new Generation(new AssistantMessage("Hi"))));
		}

	}

}
