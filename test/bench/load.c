// A load generator for TFTP servers: many reading clients in one thread, every byte compared with
// the file it should be. Leaves out writing, netascii and IPv6. RFC 1350, 2347, 2348, 7440.
//
// load PORT NAME FILE BLKSIZE WINDOWSIZE CLIENTS TRANSFERS
//
// Prints one line of JSON: seconds, bytes, completed, failed, repeats (timeouts), datagrams,
// cpu (seconds of this process, its own cost), window (the windowsize that was granted).
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, PACKET = 65536, PATIENCE_MS = 1000, TRIES = 30 };

struct client {
  int socket;
  int connected;
  unsigned blksize, windowsize, in_window, tries;
  uint64_t next;          // the block expected, counted without wrap
  uint64_t offset;        // bytes received
  int gap_told;           // this gap has been acknowledged once
  double heard;           // when something last arrived, in seconds
};

static const uint8_t *content;
static uint64_t size;
static struct sockaddr_in server;
static uint8_t request[1024];
static size_t request_length;
static unsigned want_blksize, want_windowsize;
static uint64_t bytes, completed, failed, repeats, datagrams, started, transfers;
static unsigned granted = 1;
static int poller;
static struct client *clients;
static uint8_t buffers[BATCH][PACKET];
static struct mmsghdr messages[BATCH];
static struct iovec vectors[BATCH];
static struct sockaddr_in senders[BATCH];

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static size_t option(size_t at, const char *name, const char *value) {
  at += snprintf((char *)request + at, sizeof request - at, "%s", name) + 1;
  at += snprintf((char *)request + at, sizeof request - at, "%s", value) + 1;
  return at;
}

static void build_request(const char *name) {
  char number[16];
  request[1] = 1;
  size_t at = option(2, name, "octet");
  if (want_blksize != 512) {
    snprintf(number, sizeof number, "%u", want_blksize);
    at = option(at, "blksize", number);
  }
  if (want_windowsize > 1) {
    snprintf(number, sizeof number, "%u", want_windowsize);
    at = option(at, "windowsize", number);
  }
  request_length = at;
}

static void acknowledge(struct client *c, uint64_t block) {
  uint8_t ack[4] = {0, 4, (uint8_t)(block >> 8), (uint8_t)block};
  if (send(c->socket, ack, 4, 0) < 0 && c->tries++ > TRIES) die("send");
  c->in_window = 0;
}

static void finish(struct client *c) {
  if (c->socket >= 0) close(c->socket);
  c->socket = -1;
}

static void begin(struct client *c) {
  if (started >= transfers) return;
  started++;
  memset(c, 0, sizeof *c);
  c->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  if (c->socket < 0) die("socket");
  c->blksize = 512;
  c->windowsize = 1;
  c->next = 1;
  c->heard = now();
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, c->socket, &event) < 0) die("epoll_ctl");
  sendto(c->socket, request, request_length, 0, (struct sockaddr *)&server, sizeof server);
}

static void end(struct client *c, int good) {
  if (good) completed++;
  else failed++;
  finish(c);
  begin(c);
}

static int take_oack(struct client *c, char *p, char *stop) {
  while (p < stop) {
    char *value = p + strnlen(p, stop - p) + 1;
    if (value >= stop) return 0;
    if (!strcasecmp(p, "blksize")) c->blksize = atoi(value);
    if (!strcasecmp(p, "windowsize")) c->windowsize = atoi(value);
    p = value + strnlen(value, stop - value) + 1;
  }
  granted = c->windowsize;
  acknowledge(c, 0);
  return 1;
}

/** Returns 0 when the transfer is over. */
static int take(struct client *c, uint8_t *p, size_t length) {
  unsigned code = p[1];
  if (length < 4) return 1;
  if (code == 6) return c->next == 1 ? take_oack(c, (char *)p + 2, (char *)p + length) : 1;
  if (code != 3) {
    if (code == 5) fprintf(stderr, "ERROR %u: %.*s\n", p[3], (int)length - 4, p + 4);
    end(c, 0);
    return 0;
  }
  uint16_t number = (uint16_t)(p[2] << 8 | p[3]);
  if (number != (uint16_t)c->next) {
    // Acknowledge what came before the gap once, so that the server starts again from there.
    if ((int16_t)(number - (uint16_t)c->next) > 0 && !c->gap_told) {
      c->gap_told = 1;
      acknowledge(c, c->next - 1);
    }
    return 1;
  }
  length -= 4;
  c->gap_told = 0;
  if (length > c->blksize || c->offset + length > size ||
      memcmp(p + 4, content + c->offset, length)) {
    fprintf(stderr, "wrong bytes at %llu\n", (unsigned long long)c->offset);
    end(c, 0);
    return 0;
  }
  c->offset += length;
  bytes += length;
  c->next++;
  c->in_window++;
  if (length < c->blksize) {
    acknowledge(c, c->next - 1);
    if (c->offset != size) fprintf(stderr, "short file\n");
    end(c, c->offset == size);
    return 0;
  }
  if (c->in_window == c->windowsize) acknowledge(c, c->next - 1);
  return 1;
}

static void receive(struct client *c) {
  int batch = (int)c->windowsize < BATCH ? (int)c->windowsize : BATCH;
  if (!c->connected) batch = 1;
  for (;;) {
    int count;
    if (batch == 1) {
      socklen_t length = sizeof senders[0];
      ssize_t got = c->connected
                        ? recv(c->socket, buffers[0], PACKET, 0)
                        : recvfrom(c->socket, buffers[0], PACKET, 0,
                                   (struct sockaddr *)&senders[0], &length);
      count = got < 0 ? -1 : 1;
      messages[0].msg_len = got < 0 ? 0 : (unsigned)got;
    } else {
      count = recvmmsg(c->socket, messages, batch, MSG_DONTWAIT, NULL);
    }
    if (count <= 0) return;
    if (!c->connected) {
      if (connect(c->socket, (struct sockaddr *)&senders[0], sizeof senders[0]) < 0) die("connect");
      c->connected = 1;
    }
    c->heard = now();
    c->tries = 0;
    datagrams += count;
    for (int i = 0; i < count; i++) {
      if (!take(c, buffers[i], messages[i].msg_len)) return;
    }
    if (count < batch || batch == 1) return;
  }
}

static void repeat(struct client *c, double t) {
  if (c->socket < 0 || t - c->heard < PATIENCE_MS / 1000.0) return;
  c->heard = t;
  repeats++;
  if (++c->tries > TRIES) end(c, 0);
  else if (c->connected) acknowledge(c, c->next - 1);
  else sendto(c->socket, request, request_length, 0, (struct sockaddr *)&server, sizeof server);
}

int main(int count, char **words) {
  if (count != 8) {
    fprintf(stderr, "load PORT NAME FILE BLKSIZE WINDOWSIZE CLIENTS TRANSFERS\n");
    return 2;
  }
  server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  want_blksize = atoi(words[4]);
  want_windowsize = atoi(words[5]);
  unsigned many = atoi(words[6]);
  transfers = strtoull(words[7], NULL, 10);
  build_request(words[2]);

  int file = open(words[3], O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status) < 0) die(words[3]);
  size = status.st_size;
  content = mmap(NULL, size, PROT_READ, MAP_SHARED | MAP_POPULATE, file, 0);
  if (content == MAP_FAILED) die("mmap");

  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){buffers[i], PACKET};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  poller = epoll_create1(0);
  clients = calloc(many, sizeof *clients);
  double start = now(), checked = start;
  for (unsigned i = 0; i < many; i++) {
    clients[i].socket = -1;
    begin(&clients[i]);
  }
  while (completed + failed < transfers) {
    struct epoll_event events[256];
    int ready = epoll_wait(poller, events, 256, 200);
    for (int i = 0; i < ready; i++) {
      struct client *c = events[i].data.ptr;
      if (c->socket >= 0) receive(c);
    }
    double t = now();
    if (t - checked < 0.2) continue;
    checked = t;
    for (unsigned i = 0; i < many; i++) repeat(&clients[i], t);
  }
  double seconds = now() - start;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
               (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  printf("{\"seconds\":%.6f,\"bytes\":%llu,\"completed\":%llu,\"failed\":%llu,\"repeats\":%llu,"
         "\"datagrams\":%llu,\"cpu\":%.6f,\"window\":%u}\n",
         seconds, (unsigned long long)bytes, (unsigned long long)completed,
         (unsigned long long)failed, (unsigned long long)repeats, (unsigned long long)datagrams,
         cpu, granted);
  return failed ? 1 : 0;
}
