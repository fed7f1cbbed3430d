package io.github.costwise.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.Attribution;
import io.github.costwise.accounting.Tier;

/**
 * The extent within which model calls belong to somebody and follow a policy: what a
 * method annotated with {@code @CostOptimized} opens, and its programmatic twin.
 *
 * <pre>{@code
 * CostScope scope = CostScope.builder().feature("answer").tenant("acme").build();
 * String text = scope.call(() -> client.prompt("Hello").call().content());
 * }</pre>
 *
 * A scope is current on the thread that opened it. It follows work to other threads
 * through {@link #wrap(Executor)}, through Micrometer context propagation, or as an
 * advisor parameter named {@link #PARAMETER}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class CostScope {

	/**
	 * Advisor parameter and Reactor context key that carry a scope; what is passed so
	 * wins over the current scope of the thread.
	 */
	public static final String PARAMETER = "costwise.scope";

	private static final ThreadLocal<CostScope> CURRENT = new ThreadLocal<>();

	private final @Nullable String policy;

	private final Tier tier;

	private final Attribution attribution;

	private final @Nullable String promptVersion;

	private final CallLimits limits;

	private final @Nullable CostTurn parent;

	private CostScope(Builder builder, @Nullable CostTurn parent) {
		this.policy = builder.policy;
		this.tier = builder.tier;
		this.attribution = new Attribution(builder.feature, builder.tenant, builder.user, builder.tags);
		this.promptVersion = builder.promptVersion;
		this.limits = builder.limits;
		this.parent = parent;
	}

	private CostScope(CostScope scope, Attribution attribution, @Nullable CostTurn parent) {
		this.policy = scope.policy;
		this.tier = scope.tier;
		this.attribution = attribution;
		this.promptVersion = scope.promptVersion;
		this.limits = scope.limits;
		this.parent = parent;
	}

	/**
	 * Returns a builder of a scope that says nothing yet.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns the scope that is current on this thread.
	 * @return the scope, or {@code null} outside any
	 */
	public static @Nullable CostScope current() {
		return CURRENT.get();
	}

	/**
	 * Makes a scope current on this thread, or none. For integrations that restore a
	 * thread's context; prefer {@link #open()}.
	 * @param scope the scope, or {@code null} for none
	 */
	public static void setCurrent(@Nullable CostScope scope) {
		if (scope == null) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(scope);
		}
	}

	/**
	 * Makes this scope current on this thread until the returned handle is closed, on the
	 * same thread; then the scope before it is current again.
	 * @return the handle to close
	 */
	public Opened open() {
		CostScope before = CURRENT.get();
		CURRENT.set(this);
		return () -> setCurrent(before);
	}

	/**
	 * Runs an action inside this scope.
	 * @param action the action
	 */
	public void run(Runnable action) {
		try (Opened opened = open()) {
			action.run();
		}
	}

	/**
	 * Calls an action inside this scope.
	 * @param action the action
	 * @param <T> what it returns
	 * @return what the action returned
	 * @throws Exception what the action threw
	 */
	public <T> T call(Callable<T> action) throws Exception {
		try (Opened opened = open()) {
			return action.call();
		}
	}

	/**
	 * Gets a value inside this scope.
	 * @param supplier the supplier
	 * @param <T> what it supplies
	 * @return what the supplier returned
	 */
	public <T> T get(Supplier<T> supplier) {
		try (Opened opened = open()) {
			return supplier.get();
		}
	}

	/**
	 * Returns an executor that runs everything inside this scope.
	 * @param executor the executor to run with
	 * @return the wrapping executor
	 */
	public Executor wrap(Executor executor) {
		return (command) -> executor.execute(() -> run(command));
	}

	/**
	 * Returns the name of the policy.
	 * @return the name, or {@code null} for the default policy
	 */
	public @Nullable String policy() {
		return this.policy;
	}

	/**
	 * Returns the tier asked for.
	 * @return the tier
	 */
	public Tier tier() {
		return this.tier;
	}

	/**
	 * Returns whom the cost belongs to.
	 * @return the attribution
	 */
	public Attribution attribution() {
		return this.attribution;
	}

	/**
	 * Returns the version of the prompt.
	 * @return the version, or {@code null}
	 */
	public @Nullable String promptVersion() {
		return this.promptVersion;
	}

	/**
	 * Returns the limits of each turn.
	 * @return the limits
	 */
	public CallLimits limits() {
		return this.limits;
	}

	/**
	 * Returns the turn inside which this scope is open, such as that of a tool.
	 * @return the turn, or {@code null}
	 */
	public @Nullable CostTurn parent() {
		return this.parent;
	}

	/**
	 * Returns this scope as seen inside one of its turns.
	 * @param turn the turn
	 * @return a scope whose parent is the turn
	 */
	CostScope inside(CostTurn turn) {
		return new CostScope(this, this.attribution, turn);
	}

	/**
	 * Returns this scope with everything that it does not say itself taken from the scope
	 * around it: tenant, user, tags and the turn it is open in.
	 * @param outer the scope around this one, or {@code null}
	 * @return the scope to open
	 */
	public CostScope within(@Nullable CostScope outer) {
		if (outer == null) {
			return this;
		}
		return new CostScope(this, merge(this.attribution, outer.attribution), outer.parent);
	}

	/**
	 * Returns this scope with whatever its attribution lacks.
	 * @param defaults what to fall back to
	 * @return the scope
	 */
	public CostScope withDefaults(Attribution defaults) {
		return new CostScope(this, merge(this.attribution, defaults), this.parent);
	}

	private static Attribution merge(Attribution own, Attribution other) {
		Map<String, String> tags = own.tags();
		if (!other.tags().isEmpty()) {
			tags = new LinkedHashMap<>(other.tags());
			tags.putAll(own.tags());
		}
		return new Attribution((own.feature() != null) ? own.feature() : other.feature(),
				(own.tenant() != null) ? own.tenant() : other.tenant(),
				(own.user() != null) ? own.user() : other.user(), tags);
	}

	/** Ends the extent of a scope when closed. */
	@FunctionalInterface
	public interface Opened extends AutoCloseable {

		@Override
		void close();

	}

	/** Collects what a scope says. Not thread-safe. */
	public static final class Builder {

		private @Nullable String policy;

		private Tier tier = Tier.AUTO;

		private @Nullable String feature;

		private @Nullable String tenant;

		private @Nullable String user;

		private final Map<String, String> tags = new LinkedHashMap<>();

		private @Nullable String promptVersion;

		private CallLimits limits = CallLimits.NONE;

		private Builder() {
		}

		/**
		 * Sets the policy.
		 * @param policy name of a configured policy, or {@code null} for the default
		 * @return this builder
		 */
		public Builder policy(@Nullable String policy) {
			this.policy = policy;
			return this;
		}

		/**
		 * Sets the tier.
		 * @param tier the tier asked for
		 * @return this builder
		 */
		public Builder tier(Tier tier) {
			this.tier = tier;
			return this;
		}

		/**
		 * Sets the feature.
		 * @param feature the feature, or {@code null}
		 * @return this builder
		 */
		public Builder feature(@Nullable String feature) {
			this.feature = feature;
			return this;
		}

		/**
		 * Sets the tenant.
		 * @param tenant the tenant, or {@code null}
		 * @return this builder
		 */
		public Builder tenant(@Nullable String tenant) {
			this.tenant = tenant;
			return this;
		}

		/**
		 * Sets the user.
		 * @param user the user, or {@code null}
		 * @return this builder
		 */
		public Builder user(@Nullable String user) {
			this.user = user;
			return this;
		}

		/**
		 * Adds a tag.
		 * @param key its name
		 * @param value its value
		 * @return this builder
		 */
		public Builder tag(String key, String value) {
			this.tags.put(key, value);
			return this;
		}

		/**
		 * Sets the version of the prompt.
		 * @param promptVersion the version, or {@code null}
		 * @return this builder
		 */
		public Builder promptVersion(@Nullable String promptVersion) {
			this.promptVersion = promptVersion;
			return this;
		}

		/**
		 * Sets the limits of each turn.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(CallLimits limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * Returns the scope.
		 * @return a new scope, not yet open
		 */
		public CostScope build() {
			return new CostScope(this, null);
		}

	}

}
