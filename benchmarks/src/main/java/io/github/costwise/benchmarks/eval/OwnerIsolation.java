package io.github.costwise.benchmarks.eval;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.support.GenericApplicationContext;

import io.github.costwise.Attribution;
import io.github.costwise.CostScope;
import io.github.costwise.annotation.CostOptimizedAdvisor;
import io.github.costwise.benchmarks.eval.OwnerDesk.AskMode;
import io.github.costwise.benchmarks.eval.cache.EvaluatedStore;
import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * Asks the same questions for several tenants through the clients of an application, with
 * its answers in a given store: called, streamed and with requests that are kept; the
 * tenant named by an annotation, a scope or a resolver, or by nobody since those fail.
 * The model gives no answer twice, so that an answer tells who paid for it. Not
 * thread-safe.
 */
final class OwnerIsolation {

	private static final List<String> TENANTS = List.of("acme", "globex", "initech");

	private static final String CLIENT = "owners";

	private static final int QUESTIONS = 4;

	private static final long PATIENCE_NANOS = 60_000_000_000L;

	private final EvaluatedStore evaluated;

	private final Map<String, String> owners = new HashMap<>();

	private final Map<String, Integer> leaks = new TreeMap<>();

	private @Nullable Supplier<@Nullable Attribution> caller;

	private int checks;

	private int unowned;

	private int ownHits;

	private int crossScopeHits;

	OwnerIsolation(EvaluatedStore evaluated) {
		this.evaluated = evaluated;
	}

	/**
	 * Runs the evaluation.
	 * @return keys and values of the result
	 * @throws IllegalStateException if a tenant does not find its own answers, or a turn
	 * without owner is not kept from the cache
	 */
	Map<String, Object> run() {
		Map<String, Object> properties = Map.of("costwise.policies.default.cache.mode", "enforce");
		try (ManagedContext context = ManagedContext.start(properties, this::register)) {
			OwnerDesk desk = annotated(new OwnerDesk(context.client(CLIENT)), context.bean(CostOptimizedAdvisor.class));
			PolicyCounters counters = context.bean(ResponseCache.class).statistics().policy("default");
			for (AskMode mode : AskMode.values()) {
				for (OwnerNaming naming : OwnerNaming.values()) {
					owned(desk, counters, mode, naming);
					unowned(desk, mode, naming);
				}
			}
			if (counters.bypasses(Bypass.OWNER_UNKNOWN) != this.unowned) {
				throw new IllegalStateException("A turn without owner was not kept from the cache");
			}
		}
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("checks", this.checks);
		result.put("crossScopeHits", this.crossScopeHits);
		result.put("ownHits", this.ownHits);
		result.put("unownedTurns", this.unowned);
		result.put("leaks", this.leaks);
		return result;
	}

	private void register(GenericApplicationContext beans) {
		beans.registerBean("evaluatedStore", ResponseCacheStore.class, this.evaluated::store,
				(definition) -> keepOpen(definition));
		beans.registerBean(AttributionResolver.class, () -> this::caller);
		ManagedContext.addClient(beans, CLIENT, NumberingModel::new);
	}

	/** The bundled jar holds Costwise as well, whose own beans are never looked at. */
	private static OwnerDesk annotated(OwnerDesk desk, CostOptimizedAdvisor advisor) {
		ProxyFactory proxy = new ProxyFactory(desk);
		proxy.setProxyTargetClass(true);
		proxy.addAdvice(advisor.getAdvice());
		return (OwnerDesk) proxy.getProxy();
	}

	private static void keepOpen(BeanDefinition definition) {
		definition.setDestroyMethodName("");
	}

	private @Nullable Attribution caller() {
		return (this.caller != null) ? this.caller.get() : null;
	}

	private void owned(OwnerDesk desk, PolicyCounters counters, AskMode mode, OwnerNaming naming) {
		for (String tenant : TENANTS) {
			long stored = counters.storedAnswers();
			for (int i = 0; i < QUESTIONS; i++) {
				paid(ask(desk, mode, naming, question(mode, naming, i), () -> tenant), tenant, mode + " " + naming);
			}
			awaitStored(counters, stored + QUESTIONS);
			this.evaluated.settle();
		}
		for (String tenant : TENANTS) {
			for (int i = 0; i < QUESTIONS; i++) {
				String answer = ask(desk, mode, naming, question(mode, naming, i), () -> tenant);
				if (!this.owners.containsKey(answer)) {
					throw new IllegalStateException(
							"A tenant does not find its own answer: " + tenant + ", " + mode + ", " + naming);
				}
				paid(answer, tenant, mode + " " + naming);
				this.ownHits++;
			}
		}
	}

	private void unowned(OwnerDesk desk, AskMode mode, OwnerNaming naming) {
		List<Supplier<@Nullable String>> nobodies = List.of(() -> null, () -> " ", () -> {
			throw new IllegalStateException("Nobody is signed in");
		});
		for (Supplier<@Nullable String> nobody : nobodies.subList(0, naming.failures)) {
			for (int i = 0; i < 2 * QUESTIONS; i++) {
				this.unowned++;
				String answer = ask(desk, mode, naming, question(mode, naming, i % QUESTIONS), nobody);
				paid(answer, "unowned " + this.unowned, mode + " unowned " + naming);
			}
		}
	}

	/** An answer that was seen before must be that of the same owner. */
	private void paid(String answer, String owner, String what) {
		this.checks++;
		String first = this.owners.putIfAbsent(answer, owner);
		if (first != null && !first.equals(owner)) {
			this.crossScopeHits++;
			this.leaks.merge(what, 1, Integer::sum);
		}
	}

	private String ask(OwnerDesk desk, AskMode mode, OwnerNaming naming, String question,
			Supplier<@Nullable String> tenant) {
		this.caller = (naming == OwnerNaming.RESOLVER) ? () -> new Attribution(null, tenant.get(), null, Map.of())
				: () -> new Attribution(null, null, "ada", Map.of());
		return OwnerDesk.join(switch (naming) {
			case ANNOTATION -> desk.annotated(tenant, mode, question);
			case SCOPE -> CostScope.builder()
				.feature("owners")
				.tenant(tenant.get())
				.build()
				.get(() -> desk.plain(mode, question));
			case RESOLVER -> desk.plain(mode, question);
		});
	}

	private static String question(AskMode mode, OwnerNaming naming, int number) {
		return "How is blade " + number + " sharpened, asked by " + mode + " and " + naming + "?";
	}

	private static void awaitStored(PolicyCounters counters, long count) {
		long begun = System.nanoTime();
		while (counters.storedAnswers() < count) {
			if (System.nanoTime() - begun > PATIENCE_NANOS) {
				throw new IllegalStateException("Not every answer was stored: " + counters.storedAnswers() + " of "
						+ count + ", bypassed for " + bypasses(counters));
			}
			Thread.onSpinWait();
		}
	}

	private static List<Bypass> bypasses(PolicyCounters counters) {
		return Stream.of(Bypass.values()).filter((reason) -> counters.bypasses(reason) > 0).toList();
	}

	/** Who names the tenant, and how many kinds of failure there are. */
	private enum OwnerNaming {

		ANNOTATION(3), SCOPE(2), RESOLVER(3);

		private final int failures;

		OwnerNaming(int failures) {
			this.failures = failures;
		}

	}

}
