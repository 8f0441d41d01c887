# Drives an interactive shell with job control on a pseudo-terminal, starts the docker of argv in it, and prints what was seen.
import fcntl, os, pty, re, select, struct, sys, termios, time

def size(fd, rows, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

pid, fd = pty.fork()
if pid == 0:
    os.environ['PS1'] = 'PROMPT> '
    os.execvp('bash', ['bash', '--norc', '--noprofile', '--noediting', '-i'])
size(fd, 24, 80)
seen = ''

def wait(pattern, seconds=20):
    global seen
    end = time.time() + seconds
    while True:
        match = re.search(pattern, seen)
        if match:
            seen = seen[match.end():]
            return match.group(0).strip()
        ready, _, _ = select.select([fd], [], [], max(0, min(0.5, end - time.time())))
        if ready:
            try:
                seen += os.read(fd, 65536).decode('latin1')
            except OSError:
                return 'EOF before ' + pattern
        if time.time() > end:
            return 'nothing like ' + pattern + ' in ' + repr(seen)

def type(text):
    os.write(fd, text.encode())

command = ' '.join("'" + word + "'" for word in sys.argv[1:])
say = lambda name, value: print(name + ': ' + value, flush=True)
wait('PROMPT> ')
type(command + '\n')
say('start', wait(r'ready tty=\w+ \d+ \d+'))
size(fd, 40, 100)
say('resize', wait(r'WINCH \d+ \d+'))
type('\x1a')
say('stopped', wait(r'Stopped'))
wait('PROMPT> ')
type('fg\n')
say('continued', wait(r'CONT'))
type('\x03')
say('interrupt', wait(r'INT'))
wait('PROMPT> ')
type('echo status=$?\n')
say('status', wait(r'status=\d+'))
wait('PROMPT> ')
type(command + '\n')
wait(r'ready')
type('\x1c')
say('quit', wait(r'QUIT'))
wait('PROMPT> ')
type('echo status=$?\n')
say('status', wait(r'status=\d+'))
type('jobs; echo none left\n')
say('jobs', wait(r'none left\r'))
type('exit\n')
