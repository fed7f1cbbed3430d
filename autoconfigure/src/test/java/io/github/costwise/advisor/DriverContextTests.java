package io.github.costwise.advisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Hooks;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostScope;
import io.github.costwise.advisor.SeeingModel.Seen;
import io.github.costwise.spi.FailureClassifier;
import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is around a caller is around the model that is asked, whatever form the call takes
 * and on whatever thread it goes on.
 */
@Tag("chain")
class DriverContextTests {

	private static final String FALLBACK = "costwise.policies.default.fallback.";

	private final SeeingModel one = new SeeingModel();

	private final SeeingModel two = new SeeingModel();

	private final List<String> ran = new CopyOnWriteArrayList<>();

	@BeforeEach
	void propagate() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(SeeingModel.KEY + "-local", SeeingModel.LOCAL);
		Hooks.enableAutomaticContextPropagation();
	}

	@AfterEach
	void stopPropagating() {
		Hooks.disableAutomaticContextPropagation();
		ContextRegistry.getInstance().removeThreadLocalAccessor(SeeingModel.KEY + "-local");
		SeeingModel.LOCAL.remove();
	}

	/** The forms of a call. */
	enum Form {

		DIRECT, WORKER, WAIT, FALLBACK, TOOL

	}

	private static Stream<Arguments> forms() {
		return Stream.of(Form.values())
			.flatMap((form) -> Stream.of(true, false)
				.flatMap((streamed) -> Stream.of(true, false)
					.map((observed) -> Arguments.of(form, streamed, observed))));
	}

	@ParameterizedTest
	@MethodSource("forms")
	void modelSeesWhatIsAroundTheCaller(Form form, boolean streamed, boolean observed) {
		prepare(form);
		runner(form, observed).run((context) -> {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			List.of(this.one, this.two).forEach((model) -> model.observedBy(registry));
			Observation outer = Observation.start("outer", registry);
			SeeingModel.LOCAL.set("thread");
			String answer = outer
				.observe(() -> CostScope.builder().feature("feature").build().get(() -> ask(context, form, streamed)));
			assertThat(answer).isEqualTo("far");
			List<Seen> seen = Stream.of(this.one.seen, this.two.seen).flatMap(List::stream).toList();
			String expected = observed ? "outer" : null;
			assertThat(seen).hasSize((form == Form.DIRECT || form == Form.WORKER) ? 1 : 2)
				.containsOnly(new Seen("feature", "thread", "subscriber", expected, streamed ? expected : null));
			assertThat(this.ran).isEqualTo((form == Form.TOOL) ? List.of("feature thread") : List.of());
		});
	}

	private void prepare(Form form) {
		switch (form) {
			case DIRECT, WORKER -> this.one.will(SeeingModel.answers("fa", "r"));
			case WAIT -> this.one.will(SeeingModel.isBusy(Duration.ofMillis(20)), SeeingModel.answers("fa", "r"));
			case FALLBACK -> {
				this.one.will(SeeingModel.isDown());
				this.two.will(SeeingModel.answers("fa", "r"));
			}
			case TOOL -> this.one.will(SeeingModel.callsTool("look"), SeeingModel.answers("fa", "r"));
		}
	}

	private ApplicationContextRunner runner(Form form, boolean observed) {
		ApplicationContextRunner runner = CostwiseRunner.create()
			.withBean("one", ChatModel.class, () -> this.one)
			.withBean("two", ChatModel.class, () -> this.two)
			.withBean("failures", FailureClassifier.class, () -> SeeingModel.FAILURES)
			.withPropertyValues("costwise.chat.default-model=one", "costwise.policies.default.routing.mode=enforce",
					FALLBACK + "enabled=true", "costwise.routing.tiers.standard.targets[0].bean=one",
					"costwise.routing.tiers.standard.targets[0].model=m1");
		if (form != Form.WAIT) {
			runner = runner.withPropertyValues("costwise.routing.tiers.standard.targets[1].bean=two",
					"costwise.routing.tiers.standard.targets[1].model=m2");
		}
		if (form == Form.WORKER) {
			runner = runner.withPropertyValues(FALLBACK + "deadline=60s");
		}
		return observed ? runner.withBean("handler", ObservationHandler.class, () -> (context) -> true)
				: runner.withBean("nobody", ObservationRegistry.class, () -> ObservationRegistry.NOOP);
	}

	private String ask(ApplicationContext context, Form form, boolean streamed) {
		ChatClient.ChatClientRequestSpec prompt = context.getBean(ChatClient.Builder.class)
			.build()
			.prompt("How far is the moon?");
		if (form == Form.TOOL) {
			prompt = prompt.tools(new Looking());
		}
		return streamed ? String.join("",
				prompt.stream()
					.content()
					.contextWrite((with) -> with.put(SeeingModel.KEY, "subscriber"))
					.collectList()
					.block(Duration.ofSeconds(30)))
				: prompt.call().content();
	}

	/** A tool that notes what is around it. */
	final class Looking {

		@Tool
		String look() {
			DriverContextTests.this.ran
				.add(CostScope.current().attribution().feature() + " " + SeeingModel.LOCAL.get());
			return "384,400 km";
		}

	}

}
