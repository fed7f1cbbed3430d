package io.github.costwise.budget.redis;

import java.time.Duration;
import java.util.Optional;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

import io.github.costwise.background.Team;
import io.github.costwise.time.Time;

/**
 * Makes links for applications that use Lettuce: one connection that all threads share.
 */
final class LettuceLinks {

	private LettuceLinks() {
	}

	/** Returns a link, or {@code null} for another client. */
	static @Nullable RedisLink of(RedisConnectionFactory source, Duration timeout, Team team, Time time) {
		if (!(source instanceof LettuceConnectionFactory lettuce)) {
			return null;
		}
		LettuceConnectionFactory own = new LettuceConnectionFactory(server(lettuce),
				new OwnConfiguration(lettuce, timeout));
		own.afterPropertiesSet();
		own.start();
		return new OwnLink(own, own::destroy, timeout, team, time);
	}

	private static RedisConfiguration server(LettuceConnectionFactory source) {
		if (source.getClusterConfiguration() != null) {
			return source.getClusterConfiguration();
		}
		if (source.getSentinelConfiguration() != null) {
			return source.getSentinelConfiguration();
		}
		return (source.getSocketConfiguration() != null) ? source.getSocketConfiguration()
				: source.getStandaloneConfiguration();
	}

	/** That of the application but for its time-outs. Replicas are not asked. */
	private record OwnConfiguration(LettuceConnectionFactory source,
			Duration timeout) implements LettuceClientConfiguration {

		private LettuceClientConfiguration around() {
			return this.source.getClientConfiguration();
		}

		@Override
		public boolean isUseSsl() {
			return around().isUseSsl();
		}

		@Override
		@SuppressWarnings("deprecation")
		public boolean isVerifyPeer() {
			return around().isVerifyPeer();
		}

		@Override
		public SslVerifyMode getVerifyMode() {
			return around().getVerifyMode();
		}

		@Override
		public boolean isStartTls() {
			return around().isStartTls();
		}

		@Override
		public Optional<ClientResources> getClientResources() {
			return around().getClientResources().or(() -> Optional.ofNullable(this.source.getClientResources()));
		}

		@Override
		public Optional<ClientOptions> getClientOptions() {
			ClientOptions options = around().getClientOptions()
				.orElseGet(() -> this.source.isClusterAware() ? ClusterClientOptions.create() : ClientOptions.create());
			return Optional.of(options.mutate()
				.socketOptions(options.getSocketOptions().mutate().connectTimeout(this.timeout).build())
				.build());
		}

		@Override
		public Optional<String> getClientName() {
			return around().getClientName();
		}

		@Override
		public Optional<ReadFrom> getReadFrom() {
			return Optional.empty();
		}

		@Override
		public Optional<RedisCredentialsProviderFactory> getRedisCredentialsProviderFactory() {
			return around().getRedisCredentialsProviderFactory();
		}

		@Override
		public Duration getCommandTimeout() {
			return this.timeout;
		}

		@Override
		public Duration getShutdownTimeout() {
			return around().getShutdownTimeout();
		}

		@Override
		public Duration getShutdownQuietPeriod() {
			return around().getShutdownQuietPeriod();
		}

	}

}
