package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Attribution;
import io.github.costwise.CostScope;
import io.github.costwise.advisor.OwnerDesk.Answered;
import io.github.costwise.advisor.OwnerDesk.Form;
import io.github.costwise.advisor.OwnerDesk.Who;
import io.github.costwise.cache.Bypass;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers reach the tenant that paid for them and no other one, and costs are booked on
 * it, however a model is asked and whoever names the tenant; where nobody can, the cache
 * is bypassed.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class OwnerChainTests {

	private static final ThreadLocal<@Nullable Who> SIGNED_IN = new ThreadLocal<>();

	private static final AttributionResolver RESOLVER = () -> new Attribution(null, name(), null, Map.of());

	private final AtomicInteger answers = new AtomicInteger();

	private final LoopbackProvider provider = new LoopbackProvider()
		.handler((request) -> Answer.text("answer " + this.answers.incrementAndGet()));

	private final ApplicationContextRunner alone = CacheClients.runner(this.provider).withBean(OwnerDesk.class);

	private final ApplicationContextRunner resolving = this.alone.withBean("signedIn", AttributionResolver.class,
			() -> RESOLVER);

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@EnumSource
	void tenantsThatAnExpressionNames(Form form) {
		this.alone.run((context) -> assertApart(context, form,
				(who, question) -> desk(context).expression(who, form, question)));
	}

	@ParameterizedTest
	@EnumSource
	void tenantsThatAScopeNames(Form form) {
		this.alone.run((context) -> assertApart(context, form, (who, question) -> desk(context)
			.scoped(CostScope.builder().feature("desk").tenant(who.name()), form, question)));
	}

	@ParameterizedTest
	@EnumSource
	void tenantsThatTheResolverNames(Form form) {
		this.resolving.run((context) -> {
			assertApart(context, form, signedIn((question) -> desk(context).plain(form, "plain " + question)));
			assertApart(context, form, signedIn((question) -> desk(context).annotated(form, "annotated " + question)));
			assertApart(context, form, signedIn((question) -> desk(context).scoped(CostScope.builder().feature("desk"),
					form, "scoped " + question)));
		});
	}

	@ParameterizedTest
	@EnumSource
	void expressionWinsOverTheResolver(Form form) {
		this.resolving.run((context) -> assertApart(context, form, (who, question) -> {
			SIGNED_IN.set(() -> "signed-in");
			return desk(context).expression(who, form, question);
		}));
	}

	@Test
	void returnedFluxOfAnAnnotatedMethodKnowsTheCaller() {
		this.resolving.run((context) -> {
			assertApart(context, Form.RETURNED_FLUX,
					signedIn((question) -> new Answered(null, desk(context).annotatedFlux(question))));
			assertApart(context, Form.RETURNED_FLUX, (who, question) -> {
				SIGNED_IN.set(() -> "signed-in");
				return new Answered(null, desk(context).expressionFlux(who, question));
			});
		});
	}

	@ParameterizedTest
	@EnumSource
	void ownerThatAnExpressionCannotName(Form form, CapturedOutput output) {
		this.alone.run((context) -> {
			for (Who who : nobodies()) {
				assertUnknown(context, form, (question) -> desk(context).expression(who, form, question));
			}
			assertThat(output.getOut().split("OwnerDesk.expression\\(\\)", -1)).hasSizeBetween(2, 3);
			assertThat(output).contains("of 'tenant'", "owner-unknown");
		});
	}

	@ParameterizedTest
	@EnumSource
	void ownerThatAScopeCannotName(Form form) {
		this.alone.run((context) -> {
			for (String name : new @Nullable String[] { null, "", " " }) {
				assertUnknown(context, form, (question) -> desk(context)
					.scoped(CostScope.builder().feature("desk").tenant(name), form, question));
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void ownerThatTheResolverCannotName(Form form, CapturedOutput output) {
		this.resolving.run((context) -> {
			for (Who who : nobodies()) {
				SIGNED_IN.set(who);
				assertUnknown(context, form, (question) -> desk(context).plain(form, "plain " + question));
				assertUnknown(context, form, (question) -> desk(context).annotated(form, "annotated " + question));
				assertUnknown(context, form, (question) -> desk(context).scoped(CostScope.builder().feature("desk"),
						form, "scoped " + question));
			}
			assertThat(output).contains("AttributionResolver 'signedIn'", "owner-unknown");
		});
	}

	@ParameterizedTest
	@EnumSource
	void ownerThatAnExpressionCannotNameIsNotTheOneWhoIsSignedIn(Form form) {
		this.resolving.run((context) -> {
			SIGNED_IN.set(() -> "signed-in");
			for (Who who : nobodies()) {
				assertUnknown(context, form, (question) -> desk(context).expression(who, form, question));
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void sharedPolicyDoesNotShareAmongUnknownTenants(Form form) {
		this.alone.withPropertyValues(CacheClients.POLICY + "shared=true").run((context) -> {
			for (Who who : nobodies()) {
				assertUnknown(context, form, (question) -> desk(context).expression(who, form, question));
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void nobodyInParticularIsSaidExplicitly(Form form) {
		this.alone.withBean(AttributionResolver.class, () -> Attribution::shared).run((context) -> {
			assertShared(context, (question) -> desk(context).plain(form, question));
			assertThat(CostwiseRunner.calls(context)).extracting((call) -> call.attribution().tenant())
				.containsOnlyNulls();
		});
	}

	@ParameterizedTest
	@EnumSource
	void applicationWithoutTenantsSharesItsAnswers(Form form) {
		this.alone.run((context) -> {
			assertShared(context, (question) -> desk(context).plain(form, "plain " + question));
			assertShared(context, (question) -> desk(context).annotated(form, "annotated " + question));
		});
	}

	@Test
	void keptRequestIsUsedByTenantsAtOnce() throws Exception {
		Map<String, Set<String>> seen = new ConcurrentHashMap<>();
		ExecutorService executor = Executors.newFixedThreadPool(8);
		this.resolving.run((context) -> {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				String tenant = "tenant" + i % 4;
				Form form = (i % 8 < 4) ? Form.KEPT_CALL : Form.KEPT_STREAM;
				all.add(executor.submit(() -> {
					SIGNED_IN.set(() -> tenant);
					String answer = desk(context).plain(form, "at once").get();
					seen.computeIfAbsent(tenant, (key) -> ConcurrentHashMap.newKeySet()).add(answer);
				}));
			}
			for (Future<?> one : all) {
				one.get();
			}
			List<String> answers = seen.values().stream().flatMap(Set::stream).toList();
			assertThat(answers).doesNotHaveDuplicates();
			assertThat(seen).hasSize(4);
			assertThat(CacheClients.turns(context)).hasSize(200)
				.extracting((turn) -> turn.attribution().tenant())
				.doesNotContainNull();
		});
		executor.shutdown();
	}

	@Test
	void streamWithMemoryKnowsTheCallerOnOtherThreads() {
		this.resolving.run((context) -> {
			SIGNED_IN.set(() -> "acme");
			Flux<String> answer = CacheClients.client(context)
				.prompt("Q")
				.advisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "1"))
				.stream()
				.content();
			new Answered(null, answer).get();
			assertThat(CostwiseRunner.calls(context)).singleElement()
				.extracting((call) -> call.attribution().tenant())
				.isEqualTo("acme");
		});
	}

	private static List<Who> nobodies() {
		return List.of(() -> null, () -> "", () -> " \t", () -> {
			throw new IllegalStateException("no session");
		});
	}

	private static @Nullable String name() {
		Who who = SIGNED_IN.get();
		return (who != null) ? who.name() : null;
	}

	private static BiFunction<Who, String, Answered> signedIn(Function<String, Answered> ask) {
		return (who, question) -> {
			SIGNED_IN.set(who);
			try {
				return ask.apply(question);
			}
			finally {
				SIGNED_IN.remove();
			}
		};
	}

	private static OwnerDesk desk(ApplicationContext context) {
		return context.getBean(OwnerDesk.class);
	}

	/**
	 * Two tenants ask the same; each finds its own answer again, and has its own costs.
	 */
	private void assertApart(ApplicationContext context, Form form, BiFunction<Who, String, Answered> ask) {
		int before = CostwiseRunner.calls(context).size();
		long stored = CacheClients.counters(context).storedAnswers();
		String question = "What holds for " + form + before + "?";
		String first = ask.apply(() -> "acme", question).get();
		CacheClients.awaitStored(context, stored + 1);
		String second = ask.apply(() -> "globex", question).get();
		assertThat(second).as(form.name()).isNotEqualTo(first);
		CacheClients.awaitStored(context, stored + 2);
		assertThat(ask.apply(() -> "acme", question).get()).isEqualTo(first);
		assertThat(ask.apply(() -> "globex", question).get()).isEqualTo(second);
		assertThat(CostwiseRunner.calls(context).stream().skip(before)).extracting(OwnerChainTests::tenant)
			.containsExactly("acme", "globex");
	}

	private static @Nullable String tenant(CallRecord call) {
		return call.attribution().tenant();
	}

	private void assertUnknown(ApplicationContext context, Form form, Function<String, Answered> ask) {
		int before = CostwiseRunner.calls(context).size();
		long bypassed = CacheClients.counters(context).bypasses(Bypass.OWNER_UNKNOWN);
		List<String> answers = Stream.generate(() -> ask.apply("Whose is it by " + form + "?").get()).limit(3).toList();
		assertThat(answers).doesNotHaveDuplicates();
		assertThat(CacheClients.counters(context).bypasses(Bypass.OWNER_UNKNOWN)).isEqualTo(bypassed + 3);
		assertThat(CostwiseRunner.calls(context).stream().skip(before)).hasSize(3)
			.extracting(OwnerChainTests::tenant)
			.containsOnlyNulls();
		assertThat(CacheClients.turns(context).subList(0, 3)).extracting(TurnRecord::cacheOutcome)
			.containsOnly(CacheOutcome.BYPASSED);
	}

	private void assertShared(ApplicationContext context, Function<String, Answered> ask) {
		long stored = CacheClients.counters(context).storedAnswers();
		String first = ask.apply("Is it shared?").get();
		CacheClients.awaitStored(context, stored + 1);
		assertThat(ask.apply("Is it shared?").get()).isEqualTo(first);
	}

}
