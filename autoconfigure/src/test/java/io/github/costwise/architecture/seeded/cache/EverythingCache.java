package io.github.costwise.architecture.seeded.cache;

import java.sql.Connection;
import java.time.Instant;
import java.util.regex.Pattern;

import com.openai.models.completions.CompletionUsage;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Flux;
import redis.clients.jedis.UnifiedJedis;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.SpringApplication;

import io.github.costwise.architecture.seeded.routing.Router;

public class EverythingCache {

	Pattern pattern;

	String[] parts = "a b".split(" +");

	Router router = new Router();

	ThreadLocal<Instant> now = ThreadLocal.withInitial(() -> Instant.now());

	Connection connection;

	UnifiedJedis redis;

	VectorStore store;

	CompletionUsage usage;

	CircuitBreaker breaker;

	ThreadLocalAccessor<?> accessor;

	MeterRegistry meters;

	Flux<?> flux;

	ChatClient client;

	SpringApplication application;

	Thread thread = new Thread();

	void nap() throws InterruptedException {
		Thread.sleep(1);
	}

}
